"""Grad-CAM, saliency, deconvnet and guided backpropagation, held to Captum and to arithmetic."""

import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch
from captum.attr import Deconvolution, GuidedBackprop, LayerAttribution, LayerGradCam, Saliency
from scipy.stats import spearmanr
from torch import nn

from cnn_core.datasets import ASSETS, load_fashion
from cnn_core.errors import CnnCoreError
from cnn_core.images import load_image
from cnn_core.networks import load, trace
from cnn_core.networks.attribution.backpropagation import (
    RULES,
    backpropagate,
    depends_on_picture,
    saliency,
)
from cnn_core.networks.attribution.class_activation import grad_cam, last_maps
from cnn_core.networks.attribution.sanity import randomized, rank_correlation
from cnn_core.networks.attribution.targets import Target, class_target
from cnn_core.networks.module import LayeredModule

CLASSES = {"fashion_cnn": (9, 0), "efficientnet_lite0": (372, 281)}


def picture_for(name: str) -> np.ndarray:
    if name == "fashion_cnn":
        return load_fashion("test").images[0]
    return load_image(ASSETS / "samples" / "mandrill.png")


class CappedReLU(nn.ReLU):
    """ReLU6 as a kind of nn.ReLU, which is the only module whose way back Captum changes."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return nn.functional.relu6(x)


class Plain(nn.Module):
    """The network once more, every step a torch module, with a copy of its weights."""

    def __init__(self, module: LayeredModule, *, end: str | None = None) -> None:
        super().__init__()
        self.source = LayeredModule(module.layers).eval()
        self.source.load_state_dict(module.state_dict())
        self.end = end or module.layers[-1].inputs[0]
        self.bends = nn.ModuleDict(
            {
                step.name: nn.ReLU() if step.function == "relu" else CappedReLU()
                for step in module.layers
                if step.kind == "activation"
            }
        )
        # Captum reads a layer's maps from a module of its own.
        self.spots = nn.ModuleDict({step.name: nn.Identity() for step in module.layers})

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        found: dict[str, torch.Tensor] = {}
        for step in self.source.layers:
            below = [found[name] for name in step.inputs] or [pixels]
            bend = step.kind == "activation"
            values = self.bends[step.name](below[0]) if bend else self.source.step(step, below)
            found[step.name] = self.spots[step.name](values)
            if step.name == self.end:
                break
        return found[self.end]


@pytest.fixture(params=CLASSES)
def cnn(request, traces):
    return traces[request.param]


@pytest.fixture(scope="module")
def traces():
    return {name: trace(load(name), picture_for(name)) for name in CLASSES}


def pixels_of(found) -> torch.Tensor:
    return torch.from_numpy(found.input.copy())[None].requires_grad_()


def captum(method, *arguments, **options) -> np.ndarray:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it sets hooks, and asks for gradients
        return method.attribute(*arguments, **options).detach().numpy()


def close(ours: np.ndarray, theirs: np.ndarray) -> None:
    """Within 1e-4 of the largest value, and of each value where that is larger than 1."""
    scale = max(1.0, float(np.abs(theirs).max()))
    np.testing.assert_allclose(ours, theirs, atol=1e-4 * min(scale, np.abs(theirs).max()), rtol=0)
    assert np.abs(theirs).max() > 0


def test_grad_cam_agrees_with_captum(cnn):
    model = Plain(cnn.network.module)
    maps = [step.name for step in cnn.network.layers[1:] if step.shape[1] * step.shape[2] > 1]
    for number in CLASSES[cnn.network.name]:
        for layer in (maps[-1], maps[len(maps) // 2], maps[2]):
            ours = grad_cam(cnn, number, layer)
            theirs = captum(LayerGradCam(model, model.spots[layer]), pixels_of(cnn), target=number)
            close(ours.weighted_sum, theirs[0, 0])
            large = LayerAttribution.interpolate(
                torch.from_numpy(theirs).relu(), cnn.network.preparation.size, "bilinear"
            )
            close(ours.attribution + 1e-9, large[0, 0].numpy() + 1e-9)


def test_saliency_agrees_with_captum(cnn):
    model = Plain(cnn.network.module)
    for number in CLASSES[cnn.network.name]:
        theirs = captum(Saliency(model), pixels_of(cnn), target=number)
        close(saliency(cnn, number), theirs[0].max(axis=0))


@pytest.mark.parametrize(
    ("rule", "method"), [("guided", GuidedBackprop), ("deconvnet", Deconvolution)]
)
def test_the_rules_agree_with_captum(cnn, rule, method):
    number = CLASSES[cnn.network.name][0]
    theirs = captum(method(Plain(cnn.network.module)), pixels_of(cnn), target=number)
    close(backpropagate(cnn, number, rule=rule), theirs[0])


@pytest.mark.parametrize(
    ("rule", "method"), [("guided", GuidedBackprop), ("deconvnet", Deconvolution)]
)
def test_the_rules_agree_with_captum_for_a_unit_in_the_middle(cnn, rule, method):
    layer = {"fashion_cnn": "relu2b", "efficientnet_lite0": "block4_expand_norm"}
    name = layer[cnn.network.name]
    channel, row, column = (int(at) for at in np.unravel_index(cnn[name].argmax(), cnn[name].shape))
    model = Plain(cnn.network.module, end=name)
    theirs = captum(method(model), pixels_of(cnn), target=(channel, row, column))
    unit = Target(layer=name, channel=channel, row=row, column=column)
    close(backpropagate(cnn, unit, rule=rule), theirs[0])


def test_the_plain_rule_is_the_gradient(traced):
    last = traced.network.layers[-1].inputs[0]
    pixels = pixels_of(traced)
    score = traced.network.module.outputs(pixels)[last][0, 3]
    (gradient,) = torch.autograd.grad(score, pixels)
    close(backpropagate(traced, 3), gradient[0].numpy())


def test_a_pixel_moves_the_score_as_the_plain_rule_says(traces):
    fashion = traces["fashion_cnn"]
    gradient = backpropagate(fashion, 9)
    row, column = np.unravel_index(int(np.abs(gradient[0]).argmax()), gradient[0].shape)
    scores = []
    for change in (-1e-3, 1e-3):
        pixels = torch.from_numpy(fashion.input.copy())[None]
        pixels[0, 0, row, column] += change
        with torch.inference_mode():
            scores.append(float(fashion.network.module(pixels)[0, 9]))
    assert (scores[1] - scores[0]) / 2e-3 == pytest.approx(gradient[0, row, column], rel=0.05)


def test_grad_cam_of_the_last_maps_adds_up_to_the_score_where_only_a_mean_follows(traces):
    """After global pooling and a dense layer the weighted sum is the score, less the constant."""
    cat = traces["efficientnet_lite0"]
    bias = float(cat.network.module.parts["dense"].bias[372])
    weighted_sum = grad_cam(cat, 372).weighted_sum
    assert weighted_sum.sum() == pytest.approx(float(cat.logits[372]) - bias, rel=1e-4)


def test_a_channels_heat_is_its_map(traces):
    fashion = traces["fashion_cnn"]
    found = grad_cam(fashion, Target(layer="relu3b", channel=5), "relu3b")
    expected = np.zeros(64, np.float32)
    expected[5] = 1 / 49
    np.testing.assert_allclose(found.weights, expected, atol=1e-7)
    np.testing.assert_allclose(found.weighted_sum, fashion["relu3b"][5] / 49, atol=1e-6)


def test_deconvnet_of_a_first_layer_unit_is_its_kernel(traces):
    """So a first-layer unit, active or not, sends back its kernel, scaled by the batch norm."""
    fashion = traces["fashion_cnn"]
    unit = Target(layer="relu1a", channel=4, row=9, column=12)
    kernel = fashion.network.weights("conv1a")[4, 0]
    state = fashion.network.module.state_dict()
    factor = state["parts.norm1a.weight"][4] / (state["parts.norm1a.running_var"][4] + 1e-5).sqrt()
    expected = np.zeros((28, 28), np.float32)
    expected[8:11, 11:14] = kernel * float(factor)
    np.testing.assert_allclose(
        backpropagate(fashion, unit, rule="deconvnet")[0], expected, rtol=1e-4, atol=1e-6
    )


@pytest.mark.parametrize("rule", RULES)
def test_nothing_is_left_behind_on_the_network(traces, rule):
    module = traces["fashion_cnn"].network.module
    before = {name: values.clone() for name, values in module.state_dict().items()}
    backpropagate(traces["fashion_cnn"], 9, rule=rule)
    grad_cam(traces["fashion_cnn"], 9)
    assert not any(part.training for part in module.modules())
    assert not any(part._forward_hooks or part._backward_hooks for part in module.modules())
    for values in module.parameters():
        assert values.grad is None
        assert not values.requires_grad
    for name, values in module.state_dict().items():
        torch.testing.assert_close(values, before[name], rtol=0, atol=0)


def test_eight_threads_get_the_answers_of_one(traces):
    network = load("efficientnet_lite0")
    picture = picture_for("efficientnet_lite0")

    def attribute(number: int) -> list[np.ndarray]:
        found = trace(network, np.roll(picture, 8 * number, axis=1))
        return [
            found.scores,
            grad_cam(found, 372).attribution,
            backpropagate(found, 100 * number, rule=RULES[number % 3]),
        ]

    alone = [attribute(number) for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(attribute, range(8)))
    for one, many in zip(alone, together, strict=True):
        for expected, got in zip(one, many, strict=True):
            np.testing.assert_array_equal(got, expected)
    assert np.abs(alone[1][0] - alone[2][0]).max() > 1e-4


def test_a_random_network_is_explained_otherwise(traces):
    cat = traces["efficientnet_lite0"]
    untrained = trace(randomized(cat.network), cat.view)
    assert np.isfinite(untrained.scores).all()
    assert np.abs(untrained["head_relu6"]).max() > 0.1
    assert (
        rank_correlation(grad_cam(cat, 372).attribution, grad_cam(untrained, 372).attribution) < 0.7
    )
    again = trace(randomized(cat.network), cat.view)
    np.testing.assert_array_equal(again.scores, untrained.scores)
    assert (
        np.abs(trace(randomized(cat.network, seed=1), cat.view).scores - untrained.scores).max() > 0
    )


def test_agreement_is_spearmans(traces):
    rng = np.random.default_rng(0)
    one, other = rng.integers(0, 5, (2, 6, 7)).astype(float)
    assert rank_correlation(one, other) == pytest.approx(
        spearmanr(one.ravel(), other.ravel()).statistic
    )


def test_what_cannot_be_explained_is_refused(traces):
    fashion = traces["fashion_cnn"]
    with pytest.raises(CnnCoreError, match="no class 10"):
        saliency(fashion, 10)
    with pytest.raises(CnnCoreError, match="not 'magic'"):
        backpropagate(fashion, 9, rule="magic")
    with pytest.raises(CnnCoreError, match="without a place"):
        grad_cam(fashion, 9, "flatten")
    with pytest.raises(CnnCoreError, match="does not depend"):
        grad_cam(fashion, Target(layer="relu1a", channel=0), "relu2a")
    with pytest.raises(CnnCoreError, match="give both"):
        saliency(fashion, Target(layer="relu1a", channel=0, row=3))
    with pytest.raises(CnnCoreError, match="one vector"):
        last_maps(load("fashion_mlp"))
    with pytest.raises(CnnCoreError, match="shapes"):
        rank_correlation(np.zeros((2, 2)), np.zeros((3, 2)))


def test_a_probability_and_a_score_are_different_targets(traces):
    fashion = traces["fashion_cnn"]
    chance = class_target(fashion.network, 9, probability=True)
    assert chance.layer == "softmax"
    assert np.abs(saliency(fashion, chance) - saliency(fashion, 9)).max() > 0


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("layer", ["norm1a", "norm1b", "norm2a", "dense"])
def test_what_is_said_not_to_depend_on_the_picture_is_the_same_for_another(layer, rule) -> None:
    network = load("fashion_cnn")
    middle = network.layer(layer).shape[1] // 2
    target = Target(layer=layer, channel=3, row=middle, column=middle)
    first, second = (
        backpropagate(trace(network, image), target, rule=rule)
        for image in load_fashion("test").images[:2]
    )
    same = np.array_equal(first, second)
    assert same is not depends_on_picture(network.layers, layer, rule)
