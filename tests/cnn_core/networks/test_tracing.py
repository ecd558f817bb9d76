from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch
from torch import nn

from cnn_core.datasets import load_fashion
from cnn_core.errors import CnnCoreError, DataMissingError
from cnn_core.networks import NETWORKS, load, trace
from cnn_core.networks.models.registry import _loaded
from cnn_core.networks.preparation import Rectangle
from cnn_core.networks.weights import read_weights


def fashion_in_plain_torch(weights: dict[str, torch.Tensor]) -> nn.Sequential:
    """The same network written with torch's own blocks."""
    parts: list[nn.Module] = []
    names: list[str] = []
    channels = 1
    for number, maps in enumerate((16, 32, 64), start=1):
        for letter in "ab":
            parts += [nn.Conv2d(channels, maps, 3, padding=1, bias=False)]
            parts += [nn.BatchNorm2d(maps), nn.ReLU()]
            names += [f"conv{number}{letter}", f"norm{number}{letter}", ""]
            channels = maps
        parts += [nn.MaxPool2d(2)]
        names += [""]
    parts += [nn.Flatten(), nn.Linear(576, 10)]
    names += ["", "dense"]
    for name, part in zip(names, parts, strict=True):
        prefix = f"parts.{name}."
        own = {k.removeprefix(prefix): v for k, v in weights.items() if k.startswith(prefix)}
        part.load_state_dict(own)
    return nn.Sequential(*parts).eval()


def test_the_fashion_network_equals_the_same_layers_in_plain_torch(fashion):
    plain = fashion_in_plain_torch(read_weights("fashion_cnn"))
    x = torch.from_numpy(load_fashion("test").images[:1].copy()).unsqueeze(1) / 255
    traced = [name for name in fashion if name not in ("input", "dropout", "softmax")]
    for name, part in zip(traced, plain, strict=True):
        x = part(x)
        expected = x[0].detach().numpy().reshape(fashion[name].shape)
        np.testing.assert_allclose(fashion[name], expected, rtol=1e-4, atol=1e-5)


def test_every_layer_is_there_in_order_with_the_shape_it_describes(traced):
    layers = traced.network.layers
    assert list(traced) == [layer.name for layer in layers]
    assert len(traced) == len(layers)
    for layer in layers:
        maps = traced[layer.name]
        assert maps.shape == layer.shape
        assert maps.dtype == np.float32
        assert not maps.flags.writeable


def test_the_described_parameters_are_those_that_the_weights_have(traced):
    counted = sum(values.numel() for values in traced.network.module.parameters())
    assert traced.network.parameters == counted


def test_the_scores_are_the_softmax_of_the_logits(traced):
    expected = torch.softmax(torch.from_numpy(traced.logits.astype(np.float64)), 0)
    np.testing.assert_allclose(traced.scores, expected.numpy(), rtol=1e-4, atol=1e-7)
    assert traced.scores.shape == (len(traced.network.classes),)
    assert traced.scores.sum() == pytest.approx(1, abs=1e-5)


def test_the_best_classes_come_first(traced):
    best = traced.top(3)
    assert best[0] == (traced.network.classes[traced.scores.argmax()], traced.scores.max())
    assert [score for _, score in best] == sorted((score for _, score in best), reverse=True)
    with pytest.raises(CnnCoreError, match="At least 1"):
        traced.top(0)


def test_the_fashion_network_is_small():
    assert load("fashion_cnn").parameters <= 100_000


@pytest.mark.parametrize("name", NETWORKS)
def test_eight_threads_at_once_get_the_answers_of_one(name):
    network = load(name)
    shape = (*network.preparation.size, 3)
    rng = np.random.default_rng(5)
    pictures = [rng.integers(0, 256, shape, dtype=np.uint8) for _ in range(8)]
    alone = [trace(network, picture) for picture in pictures]
    with ThreadPoolExecutor(8, initializer=torch.set_num_threads, initargs=(1,)) as pool:
        together = list(pool.map(lambda picture: trace(load(name), picture), pictures * 2))
    for one, other in zip(alone * 2, together, strict=True):
        for layer in one:
            if not np.array_equal(other[layer], one[layer]):
                np.testing.assert_allclose(other[layer], one[layer], rtol=1e-5, atol=1e-5)


def test_a_network_is_read_once_however_many_ask(monkeypatch):
    monkeypatch.delitem(_loaded, "fashion_mlp", raising=False)
    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(load, ["fashion_mlp"] * 16))
    assert all(network is given[0] for network in given)


@pytest.mark.parametrize("name", NETWORKS)
def test_a_loaded_network_is_in_evaluation_mode_without_gradients(name):
    module = load(name).module
    assert not any(part.training for part in module.modules())
    assert not any(values.requires_grad for values in module.parameters())


def test_tracing_twice_gives_the_same_and_dropout_is_silent(fashion):
    again = trace(fashion.network, fashion.view)
    for layer in fashion:
        np.testing.assert_array_equal(again[layer], fashion[layer])
    np.testing.assert_array_equal(fashion["dropout"], fashion["flatten"])


def test_weights_given_out_cannot_be_changed(fashion):
    kernels = fashion.network.weights("conv1a")
    assert kernels.shape == (16, 1, 3, 3)
    with pytest.raises(ValueError, match="read-only"):
        kernels[0] = 0
    assert fashion.network.weights("pool1") is None


def test_pixels_of_the_network_are_placed_on_the_picture():
    traced = trace(load("fashion_cnn"), np.zeros((56, 84, 3), np.uint8))
    assert traced.on_picture((0, 28), (0, 28)) == Rectangle(top=0, left=14, height=56, width=56)
    assert traced.on_picture((3, 5), (0, 1)) == Rectangle(top=6, left=14, height=4, width=2)


def test_an_unknown_network_is_answered_with_those_there_are():
    with pytest.raises(CnnCoreError, match="efficientnet_lite0, fashion_cnn, fashion_mlp"):
        load("alexnet")


def test_missing_weights_are_answered_with_the_command_that_trains_them(tmp_path):
    with pytest.raises(DataMissingError, match=r"networks\.training fashion_cnn"):
        read_weights("fashion_cnn", folder=tmp_path)


def test_a_damaged_weights_file_is_refused(tmp_path):
    (tmp_path / "fashion_cnn.safetensors").write_bytes(b"not weights at all")
    with pytest.raises(DataMissingError, match="damaged"):
        read_weights("fashion_cnn", folder=tmp_path)


@pytest.mark.parametrize(
    "picture",
    [np.zeros((5, 5)), np.zeros((5, 5, 4), np.uint8), np.zeros((0, 5), np.uint8)],
)
def test_what_is_no_picture_is_refused(picture):
    with pytest.raises(CnnCoreError, match="0 to 255"):
        trace(load("fashion_cnn"), picture)
