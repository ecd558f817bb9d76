"""Why not a dense layer? in the link, as frames, and on the page."""

import subprocess
import sys

import numpy as np
import pytest

from app.drawing.frame import unpack
from app.lessons.dense_layer.attempts import _BOOT_SQUARE
from app.lessons.dense_layer.first_layers import first_layers, neuron_outputs, unit_outputs
from app.lessons.dense_layer.parameters_frame import PRESETS, stops
from app.lessons.dense_layer.settings import CNN, DENSE, SETTINGS, VIEWS, read_settings
from app.lessons.dense_layer.situation import situation
from app.lessons.dense_layer.unroll_frame import unroll_frame
from cnn_core.errors import CnnCoreError
from cnn_core.images import load_image
from cnn_core.networks import load, trace
from tests.app.components import component_data
from tests.app.guide.drawn import corner
from tests.app.opening import opened


def on(**texts: str):
    return situation({**{key: one.default for key, one in SETTINGS.items()}, **texts}, corner())


def stage_header(test) -> dict:
    for data in component_data(test):
        if isinstance(data, bytes):
            header, _ = unpack(data)
            if "views" in header:
                return header
    raise AssertionError("There is no stage on this page.")


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_opens_by_its_link(view: str) -> None:
    test = opened("dense_layer", dense_view=view)
    assert not test.exception
    assert not test.warning
    header = stage_header(test)
    assert header["view"] == view
    assert view in header


def test_a_pixel_outside_and_a_square_over_the_border_are_said_in_one_line() -> None:
    test = opened("dense_layer", unrolled="lecture", dense_pixel="12,6", square="25,0,8")
    assert not test.exception
    assert "rows 0 to 3" in test.info[0].value
    assert "28 × 28" in test.info[0].value
    assert "dense_pixel" not in test.query_params


def test_first_layers_without_torch_output_what_the_networks_do() -> None:
    view = on(unrolled="garment").grid
    found = trace(load(DENSE), view)["dense1"][:, 0, 0]
    np.testing.assert_allclose(neuron_outputs(view), found, atol=1e-4)
    maps = trace(load(CNN), view)["conv1a"]
    for kernel in range(len(first_layers().kernels)):
        np.testing.assert_allclose(unit_outputs(view, kernel), maps[kernel], atol=1e-4)


def test_the_first_view_is_drawn_without_torch() -> None:
    script = (
        "import sys\n"
        "from app.lessons.dense_layer.settings import SETTINGS\n"
        "from app.lessons.dense_layer.situation import situation\n"
        "from app.lessons.dense_layer.unroll_frame import unroll_frame\n"
        "from app.session.picture import Picture\n"
        "from cnn_core.samples import load_sample\n"
        "picture = Picture(name='', token='', digest='', pixels=load_sample('mandrill'))\n"
        "texts = {key: one.default for key, one in SETTINGS.items()}\n"
        "unroll_frame(situation(texts, picture))\n"
        "assert 'torch' not in sys.modules and 'streamlit' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_the_sheet_holds_each_neurons_weights_zero_in_the_neutral_color() -> None:
    header, blobs = unroll_frame(on(neuron="5"))
    sheet = load_image(next(one.data for one in blobs if one.name == "neurons"), max_side=4000)
    assert sheet.shape == (128 * 28, 28, 3)
    sizes = np.frombuffer(next(one.data for one in blobs if one.name == "sizes"), np.uint8)
    weights = first_layers().neurons
    assert sizes.shape == (weights.size,)
    positive = sheet[5 * 28 : 6 * 28].reshape(-1, 3).astype(int)
    largest, smallest = int(weights[5].argmax()), int(weights[5].argmin())
    assert positive[largest][0] > positive[largest][2]  # vik: red above zero, blue below
    assert positive[smallest][0] < positive[smallest][2]
    assert header["units"]["outputs"][5]


def test_the_boots_square_is_the_worst_for_the_dense_network_of_those_on_the_background() -> None:
    here = on(dense_view="sides", square="0,0,8")
    assert here.both_fall is not None
    dense, cnn = here.both_fall
    shown = here.shown.pixels
    empty = np.array(
        [[not shown[r : r + 8, c : c + 8].any() for c in range(21)] for r in range(21)]
    )
    best = np.unravel_index(int(np.where(empty, dense, -1).argmax()), dense.shape)
    assert tuple(best) == (_BOOT_SQUARE.top, _BOOT_SQUARE.left)
    assert dense[best] > 0.8
    assert abs(cnn[best]) < 0.02


def test_sliders_stop_at_every_preset() -> None:
    for _, size in PRESETS:
        assert size.height in stops(4096)
        assert size.width in stops(4096)
    assert stops(4096)[0] == 1
    assert stops(4096)[-1] == 4096


def test_an_even_kernel_is_refused() -> None:
    with pytest.raises(CnnCoreError, match="odd number"):
        read_settings({"dense_kernel": "4"})
