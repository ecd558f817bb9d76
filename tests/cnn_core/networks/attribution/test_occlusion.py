"""Covering parts of a picture: the quick way, held to full runs and to Captum."""

import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch
from captum.attr import Occlusion
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_core.datasets import ASSETS, load_fashion
from cnn_core.errors import CnnCoreError
from cnn_core.images import load_image
from cnn_core.networks import Trace, load, trace
from cnn_core.networks.attribution.occlusion import cover, occlusion, ready_to_cover
from cnn_core.networks.attribution.targets import Target, class_target


@pytest.fixture(scope="module")
def boot() -> Trace:
    return trace(load("fashion_cnn"), load_fashion("test").images[0])


@pytest.fixture(scope="module")
def mandrill() -> Trace:
    return trace(load("efficientnet_lite0"), load_image(ASSETS / "samples" / "mandrill.png"))


def covered(found: Trace, place: tuple[int, int, int, int], layer: str, shade: float) -> np.ndarray:
    """Cover by hand, and run the whole network."""
    top, left, height, width = place
    pixels = torch.from_numpy(found.input.copy())[None]
    pixels[:, :, max(0, top) : top + height, max(0, left) : left + width] = shade
    with torch.inference_mode():
        return found.network.module.outputs(pixels)[layer][0].numpy()


@pytest.mark.parametrize(
    "layer",
    ["stem_conv", "block1_project_norm", "block3_add", "block5_expand_conv", "block8_add",
     "block12_depthwise_relu6", "head_norm", "dense", "softmax"],
)  # fmt: skip
def test_what_is_computed_on_small_rectangles_equals_a_full_run(mandrill, layer):
    places = [
        (0, 0, 32, 32),
        (200, 210, 32, 32),
        (97, 101, 32, 32),
        (31, 77, 50, 20),
        (223, 0, 1, 1),
    ]
    quick = cover(ready_to_cover(mandrill.network, mandrill.view, layer), places, fill=127)
    for place, values in zip(places, quick, strict=True):
        full = covered(mandrill, place, layer, 0.0)
        np.testing.assert_allclose(values, full, atol=1e-5 * max(1, np.abs(full).max()), rtol=0)


@settings(deadline=None, max_examples=50)
@given(data=st.data())
def test_any_rectangle_in_any_layer_equals_a_full_run(data):
    boot = trace(load("fashion_cnn"), load_fashion("test").images[1])
    layer = data.draw(st.sampled_from([step.name for step in boot.network.layers]))
    place = data.draw(
        st.tuples(*[st.integers(-5, 27)] * 2, *[st.integers(6, 28)] * 2), label="place"
    )
    fill = data.draw(st.sampled_from([0.0, 127.0, 255.0]))
    quick = cover(ready_to_cover(boot.network, boot.view, layer), [place], fill=fill)[0]
    full = covered(boot, place, layer, fill / 255)
    np.testing.assert_allclose(quick, full, atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize(("window", "stride"), [(8, 4), (7, 5), (28, 28), (3, 3)])
def test_the_map_agrees_with_captum(boot, window, stride):
    agrees_with_captum(boot, 9, window, stride)


def test_the_map_of_the_large_network_agrees_with_captum(mandrill):
    agrees_with_captum(mandrill, 372, 64, 48)


def agrees_with_captum(found: Trace, number: int, window: int, stride: int) -> None:
    network = found.network
    shade = (127.0 - network.preparation.offset) / network.preparation.scale
    channels = network.layers[0].shape[0]
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")
        theirs = Occlusion(lambda pixels: network.module(pixels)).attribute(
            torch.from_numpy(found.input.copy())[None],
            target=number,
            sliding_window_shapes=(channels, window, window),
            strides=(channels, stride, stride),
            baselines=shade,
        )
    ours = occlusion(found, number, window=window, stride=stride)
    np.testing.assert_allclose(ours.drop, theirs[0, 0].numpy(), atol=1e-4)
    assert np.abs(ours.drop).max() > 0.1


def test_windows_start_in_the_corner_and_reach_the_border(boot):
    found = occlusion(boot, 9, window=8, stride=6)
    assert found.tops == found.lefts == (0, 6, 12, 18, 24)
    assert found.values.shape == (5, 5)
    assert found.size == (8, 8)


def test_the_drop_is_the_mean_over_the_windows_that_cover_a_pixel(boot):
    found = occlusion(boot, class_target(boot.network, 9, probability=True), window=14, stride=7)
    assert found.whole == pytest.approx(float(boot.scores[9]), abs=1e-6)
    fall = found.whole - found.values
    assert found.drop[0, 0] == pytest.approx(fall[0, 0], abs=1e-6)
    assert found.drop[8, 0] == pytest.approx((fall[0, 0] + fall[1, 0]) / 2, abs=1e-6)


def test_any_channel_can_be_the_target(boot):
    target = Target(layer="norm2b", channel=3)
    found = occlusion(boot, target, window=28, stride=28)
    blank = covered(boot, (0, 0, 28, 28), "norm2b", 127 / 255)[3].mean()
    assert found.values[0, 0] == pytest.approx(blank, abs=1e-5)
    assert found.whole == pytest.approx(boot["norm2b"][3].mean(), abs=1e-5)


def test_eight_threads_cover_like_one(mandrill):
    base = ready_to_cover(mandrill.network, mandrill.view)
    places = [(20 * n, 10 * n, 40, 40) for n in range(8)]
    alone = [cover(base, [place]) for place in places]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda place: cover(base, [place]), places))
    np.testing.assert_array_equal(together, alone)


def test_covering_leaves_the_network_and_the_base_as_they_were(boot):
    base = ready_to_cover(boot.network, boot.view)
    before = {name: values.clone() for name, values in base.maps.items()}
    weights = {name: v.clone() for name, v in boot.network.module.state_dict().items()}
    first = cover(base, [(4, 4, 9, 9)])
    cover(base, [(10, 10, 18, 18)], fill=255)
    np.testing.assert_array_equal(cover(base, [(4, 4, 9, 9)]), first)
    for name, values in base.maps.items():
        torch.testing.assert_close(values, before[name], rtol=0, atol=0)
    for name, values in boot.network.module.state_dict().items():
        torch.testing.assert_close(values, weights[name], rtol=0, atol=0)


def test_a_square_that_covers_nothing_is_refused(boot):
    with pytest.raises(CnnCoreError, match="covers nothing"):
        cover(ready_to_cover(boot.network, boot.view), [(28, 0, 5, 5)])
    with pytest.raises(CnnCoreError, match="does not fit"):
        occlusion(boot, 9, window=29)
    with pytest.raises(CnnCoreError, match="stride"):
        occlusion(boot, 9, window=8, stride=0)


def test_what_covering_starts_from_is_small_and_counted(mandrill: Trace) -> None:
    base = ready_to_cover(mandrill.network, mandrill.view)
    assert base.nbytes < 6 * 2**20
    # Of a narrow layer and the wide one behind it, the narrow one.
    source = base.sources["block2_depthwise_conv"]
    assert source.layer == "block1_project_norm"
    assert "block2_expand_relu6" not in base.maps
