"""ParameterizedImage what a unit answers to: it climbs, it repeats, it stops when nobody asks."""

import itertools

import numpy as np
import pytest
import torch

from cnn_core.datasets import ASSETS
from cnn_core.errors import CnnCoreError
from cnn_core.images import load_image
from cnn_core.networks import load, trace
from cnn_core.networks.attribution.targets import Target
from cnn_core.networks.visualization import maximize as module
from cnn_core.networks.visualization.maximize import before_activation, canvas, maximize, whole_map
from cnn_core.networks.visualization.parameterization import fourier_image, pixel_image
from cnn_core.networks.visualization.transforms import enlarge, jitter, rotate


@pytest.mark.parametrize(
    ("layer", "channel"), [("block3_expand_norm", 7), ("block2_expand_norm", 3)]
)
def test_a_painted_picture_beats_every_photograph(layer, channel):
    network = load("efficientnet_lite0")
    photographs = sorted((ASSETS / "samples").iterdir())
    best = max(trace(network, load_image(path))[layer][channel].max() for path in photographs)
    *_, last = maximize(network, Target(layer=layer, channel=channel), steps=64)
    assert last.value > best


def test_a_unit_behind_silent_ones_is_woken():
    """On a gray picture all cells that this depthwise kernel reads are cut off by their ReLU6."""
    network = load("efficientnet_lite0")
    target = Target(layer="block11_depthwise_norm", channel=79)
    painted = list(maximize(network, target, steps=12, transforms=()))
    assert painted[-1].value > painted[0].value + 0.5


def test_the_last_value_is_that_of_the_picture_itself():
    network = load("fashion_cnn")
    *_, last = maximize(network, Target(layer="norm2a", channel=5), steps=12)
    shown = trace(network, last.picture)["norm2a"][5, 7, 7]
    assert last.value == pytest.approx(float(shown), abs=0.1)  # 256 levels for a pixel


def test_the_same_seed_paints_the_same_picture():
    network = load("fashion_cnn")
    target = Target(layer="norm2b", channel=1)
    one, again, other = (list(maximize(network, target, steps=6, seed=seed)) for seed in (4, 4, 5))
    for first, second in zip(one, again, strict=True):
        assert first.value == second.value
        np.testing.assert_array_equal(first.picture, second.picture)
    assert (one[-1].picture != other[-1].picture).any()


def test_nothing_is_computed_but_the_steps_asked_for(monkeypatch):
    runs = []
    real = module.output_of

    def counted(*arguments):
        runs.append(1)
        return real(*arguments)

    monkeypatch.setattr(module, "output_of", counted)
    steps = maximize(load("fashion_cnn"), 9, steps=100)
    assert runs == []
    asked = list(itertools.islice(steps, 3))
    assert [step.number for step in asked] == [0, 1, 2]
    assert len(runs) == 3
    steps.close()
    assert len(runs) == 3


def test_a_class_can_be_painted():
    *_, last = maximize(load("fashion_cnn"), 9, steps=40)
    scores = trace(load("fashion_cnn"), last.picture).logits
    assert scores.argmax() == 9


@pytest.mark.parametrize("paint", [fourier_image, pixel_image])
def test_both_ways_to_paint_start_near_gray_and_climb(paint):
    painted = list(
        maximize(
            load("fashion_cnn"),
            Target(layer="norm2b", channel=3),
            steps=40,
            parameterization=paint,
            transforms=(),
            objective=whole_map(3),
        )
    )
    first = painted[0].picture.astype(float)
    assert abs(first.mean() - 127) < 20
    assert painted[-1].value > painted[0].value + 0.5
    assert painted[-1].picture.dtype == np.uint8


def test_only_as_large_a_picture_is_painted_as_the_unit_sees():
    network = load("efficientnet_lite0")
    assert canvas(network, "block2_expand_norm") == 32
    assert canvas(network, "head_norm") == 224
    assert canvas(network, "dense") == 224
    assert canvas(load("fashion_cnn"), "conv1a") == 28
    painted = next(maximize(network, Target(layer="block3_expand_norm", channel=0), steps=1))
    assert painted.picture.shape == (canvas(network, "block3_expand_norm"),) * 2 + (3,)


def test_before_its_activation_a_unit_has_a_slope():
    network = load("efficientnet_lite0")
    assert before_activation(network, "block4_depthwise_relu6") == "block4_depthwise_norm"
    assert before_activation(network, "block4_project_norm") == "block4_project_norm"


def test_what_is_jittered_is_only_moved():
    rng = np.random.default_rng(0)
    pictures = torch.arange(48.0).reshape(1, 3, 4, 4)
    moved = jitter(3)(pictures, rng)
    assert sorted(moved.flatten().tolist()) == pictures.flatten().tolist()


def test_enlarging_and_turning_keep_the_middle():
    spot = torch.zeros(1, 1, 33, 33)
    spot[0, 0, 12:21, 12:21] = 1
    rng = np.random.default_rng(1)
    for change in (enlarge(0.2), rotate(20)):
        changed = change(spot, rng)
        assert changed.shape == spot.shape
        assert float(changed[0, 0, 16, 16]) == pytest.approx(1)
        assert float(changed[0, 0, 0, 0]) == 0
        assert not torch.equal(changed, spot)


def test_colors_vary_mostly_in_brightness():
    pixels = fourier_image(3, 64, 64, np.random.default_rng(0)).pixels()[0]
    brightness = pixels.mean(dim=0).var()
    hue = (pixels - pixels.mean(dim=0)).var()
    assert brightness > 2 * hue


def test_the_shared_network_is_left_as_it_was():
    network = load("fashion_cnn")
    before = {name: values.clone() for name, values in network.module.state_dict().items()}
    list(maximize(network, 3, steps=2))
    for values in network.module.parameters():
        assert values.grad is None
        assert not values.requires_grad
    for name, values in network.module.state_dict().items():
        torch.testing.assert_close(values, before[name], rtol=0, atol=0)


def test_no_steps_are_refused():
    with pytest.raises(CnnCoreError, match="number of steps"):
        maximize(load("fashion_cnn"), 9, steps=0)
    with pytest.raises(CnnCoreError, match="no class 12"):
        maximize(load("fashion_cnn"), 12)
    with pytest.raises(CnnCoreError, match="1 or 3 channels"):
        pixel_image(2, 4, 4, np.random.default_rng(0)).pixels()
