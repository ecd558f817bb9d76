"""The notebook runs from top to bottom, uses `cnn_core` alone, and prints what is true."""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from cnn_core.kernels import KERNELS
from cnn_core.samples import load_sample

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "assets" / "cnn_core_tour.ipynb"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def cells() -> Iterator[NotebookNode]:
    """The notebook's code cells as they are in the file."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    return (cell for cell in notebook.cells if cell.cell_type == "code")


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, NotebookNode]:
    """The code cells by their names, each with its outputs; run in an empty folder."""
    folder = tmp_path_factory.mktemp("notebook")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PREFER_ENV_PATH", "1")  # the kernel of this environment
        patch.setenv("JUPYTER_RUNTIME_DIR", str(folder))
        patch.setenv("IPYTHONDIR", str(folder))
        patch.setenv("PYTHONPATH", str(ROOT))
        client = NotebookClient(
            notebook,
            kernel_name="python3",
            timeout=300,
            resources={"metadata": {"path": str(folder)}},
        )
        client.execute(env=dict(os.environ))
    return {cell.id: cell for cell in notebook.cells if cell.cell_type == "code"}


def printed(cell: NotebookNode) -> str:
    return "".join(output.text for output in cell.outputs if output.output_type == "stream")


def numbers_after(words: str, cell: NotebookNode) -> list[float]:
    """The numbers on the line that begins with these words, or behind them on that line."""
    line = next(line for line in printed(cell).splitlines() if words in line)
    return [float(one) for one in _NUMBER.findall(line.split(words, 1)[1])]


def test_it_is_kept_without_outputs() -> None:
    assert all(not cell.outputs and cell.execution_count is None for cell in cells())
    assert NOTEBOOK.stat().st_size < 40_000


def test_it_imports_no_front_end() -> None:
    imported = set()
    for cell in cells():
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add((node.module or "").partition(".")[0])
    assert imported == {"cnn_core", "numpy", "torch", "PIL", "IPython", "cmap"}


def test_nothing_is_written_to_the_error_output(ran: dict[str, NotebookNode]) -> None:
    streams = [out for cell in ran.values() for out in cell.outputs if out.output_type == "stream"]
    assert {one.name for one in streams} == {"stdout"}


def test_its_pictures_are_displayed(ran: dict[str, NotebookNode]) -> None:
    shown = {
        name
        for name, cell in ran.items()
        if any("image/png" in out.get("data", {}) for out in cell.outputs)
    }
    assert shown == {
        "numbers",
        "convolve",
        "channels",
        "pooling",
        "network",
        "field",
        "occlusion",
    }


def test_pytorch_and_cnn_core_print_the_same(ran: dict[str, NotebookNode]) -> None:
    assert numbers_after("largest difference:", ran["torch"]) == [0.0]


def test_the_steps_of_a_window_lead_to_its_output(ran: dict[str, NotebookNode]) -> None:
    red = load_sample("mandrill")[:, :, 0].astype(float)
    products = (red[200:203, 300:303] * KERNELS["sobel_x"].array).ravel()
    lines = [_NUMBER.findall(line) for line in printed(ran["window"]).splitlines() if " x " in line]
    assert [float(line[2]) for line in lines] == products.tolist()
    assert [float(line[3]) for line in lines] == products.cumsum().tolist()
    assert numbers_after("the output:", ran["window"]) == [products.sum()] * 2


def test_the_channels_and_the_bias_add_up(ran: dict[str, NotebookNode]) -> None:
    windows = load_sample("mandrill")[200:203, 300:303].astype(float)
    sums = (windows * KERNELS["sobel_x"].array[:, :, None]).sum(axis=(0, 1))
    assert numbers_after("red, green, blue:", ran["channels"]) == [*sums, 10]
    assert numbers_after("the output:", ran["channels"]) == [sums.sum() + 10] * 2


def test_pooling_keeps_the_largest_of_the_square(ran: dict[str, NotebookNode]) -> None:
    before = numbers_after("before ReLU:", ran["pooling"])
    after = numbers_after("after ReLU:", ran["pooling"])
    assert after == np.maximum(before, 0).tolist()
    assert numbers_after("after max pooling:", ran["pooling"]) == [max(after)]
    row, column = numbers_after("in the picture:", ran["pooling"])
    assert (row - 200) * 2 + (column - 300) == after.index(max(after))


def test_the_formula_and_the_array_have_one_size(ran: dict[str, NotebookNode]) -> None:
    lines = printed(ran["sizes"]).splitlines()
    sizes = [_NUMBER.findall(line.split(": ")[1]) for line in lines]
    assert sizes == [[size] * 2 for size in ("510", "512", "256", "170", "504")]


def test_the_network_sees_a_baboon(ran: dict[str, NotebookNode]) -> None:
    assert printed(ran["network"]).startswith("baboon: 0.89")


def test_a_unit_computed_by_hand_is_what_the_network_has(ran: dict[str, NotebookNode]) -> None:
    (inside,) = numbers_after("in the network:", ran["unit"])
    by_hand = numbers_after("after ReLU6:", ran["unit"])[0]
    assert by_hand == pytest.approx(inside, abs=1e-4)
    assert 0 < inside < 6  # neither end of ReLU6, where a wrong sum would not show


def test_receptive_fields_grow(ran: dict[str, NotebookNode]) -> None:
    sizes = [int(size) for size in re.findall(r": (\d+) x", printed(ran["field"]))]
    assert sizes == [3, 19, 67, 147]


def test_a_covered_square_lowers_the_score_as_much_by_hand(ran: dict[str, NotebookNode]) -> None:
    score, covered = numbers_after("score", ran["occlusion"])
    (by_hand,) = numbers_after("by hand", ran["occlusion"])
    assert covered < score - 1
    assert by_hand == pytest.approx(covered, abs=2e-3)
