"""How a program gets a taught last layer: from the two files that Cats vs dogs offers."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.lessons.inside_cnn.situation import InsideCnnSituation
from cnn_core.networks.taught import last_dense

WEIGHTS_FILE, CARD_FILE = "head.safetensors", "head.json"
_WHERE = "# The taught layer: two files from “Take it away” in Cats vs dogs, beside this program"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkLines:
    """How a program gets its network.

    Attributes:
        outside: imports of other packages.
        inside: imports of cnn_core.
        loading: the lines that make `network`.
    """

    outside: Sequence[str] = ()
    inside: Sequence[str] = ()
    loading: Sequence[str] = ()


def network_lines(on: InsideCnnSituation) -> NetworkLines:
    """Write how a program gets the network that the page shows."""
    name = on.settings.network
    if on.taught is None:
        return NetworkLines(loading=[f'network = load("{name}")'])
    return NetworkLines(
        outside=["from pathlib import Path"],
        inside=[
            "from cnn_core.networks.head_files import read_head",
            "from cnn_core.networks.taught import taught_network",
        ],
        loading=[
            _WHERE,
            f'files = Path("{WEIGHTS_FILE}"), Path("{CARD_FILE}")',
            'head, card = read_head(files[0].read_bytes(), files[1].read_text(encoding="utf-8"))',
            f'network = taught_network(load("{name}"), head, card.classes)',
        ],
    )


def torch_lines(on: InsideCnnSituation) -> NetworkLines:
    """Write the same for PyTorch: `network` below the last layer, its numbers, its classes."""
    loading = [f'network = load("{on.settings.network}")']
    if on.taught is None:
        return NetworkLines(loading=[*loading, "classes = network.classes"])
    return NetworkLines(
        outside=["import json", "from pathlib import Path"],
        loading=[
            *loading,
            _WHERE,
            f'last = {{name: one.float() for name, one in load_file("{WEIGHTS_FILE}").items()}}',
            f'classes = json.loads(Path("{CARD_FILE}").read_text(encoding="utf-8"))["classes"]',
        ],
    )


def torch_step(on: InsideCnnSituation) -> list[str]:
    """Write how a layer is computed from `below` in a loop over all layers."""
    usual = "outputs[layer.name] = network.module.step(layer, below)"
    if on.taught is None:
        return [usual]
    return [
        f'if layer.name == "{last_dense(on.definition.layers).name}":',
        '    outputs[layer.name] = F.linear(below[0], last["weights"], last["bias"])',
        "else:",
        f"    {usual}",
    ]
