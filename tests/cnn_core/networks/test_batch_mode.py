"""A network with the statistics of a batch, against torch's own training mode."""

import copy

import numpy as np
import pytest
import torch

from cnn_core.datasets import load_fashion
from cnn_core.errors import CnnCoreError
from cnn_core.networks import load, trace
from cnn_core.networks.batch_mode import batch_classes, batch_input, batch_scores, parameters_of
from cnn_core.normalization import batch_norm

IMAGES = load_fashion("test").images[:6]
LAYERS = [layer.name for layer in load("fashion_cnn").layers if layer.kind == "batch_norm"]


def in_training(images: np.ndarray) -> np.ndarray:
    """What torch returns where eval() was forgotten for batch norm alone."""
    module = copy.deepcopy(load("fashion_cnn").module)
    for part in module.modules():
        if isinstance(part, torch.nn.BatchNorm2d):
            part.train()
    with torch.no_grad():
        pixels = torch.tensor(images / 255, dtype=torch.float32)[:, None]
        return module(pixels).softmax(dim=1).numpy()


@pytest.mark.parametrize("count", [1, 2, 6])
def test_the_scores_of_a_batch_are_torch_s_in_training_mode(count: int) -> None:
    found = batch_scores(load("fashion_cnn"), IMAGES[:count])
    np.testing.assert_allclose(found, in_training(IMAGES[:count]), rtol=1e-4, atol=1e-6)


def test_a_picture_that_does_not_count_does_not_change_the_others() -> None:
    network = load("fashion_cnn")
    alone = batch_scores(network, IMAGES[1:])
    beside = batch_scores(network, IMAGES, first_counts=False)
    np.testing.assert_allclose(beside[1:], alone, rtol=1e-4, atol=1e-6)
    assert np.abs(beside[0] - batch_scores(network, IMAGES)[0]).max() > 1e-4


def test_the_shared_network_stays_as_it_was() -> None:
    network = load("fashion_cnn")
    before = {key: value.clone() for key, value in network.module.state_dict().items()}
    batch_scores(network, IMAGES)
    assert not network.module.training
    for key, value in network.module.state_dict().items():
        assert torch.equal(value, before[key]), key


@pytest.mark.parametrize("layer", LAYERS)
def test_a_batch_norm_in_evaluation_is_given_what_it_is_given_here(layer: str) -> None:
    network = load("fashion_cnn")
    given = batch_input(network, IMAGES[:2], layer)
    norm = batch_norm(given, **parameters_of(network, layer), axis=(0, 1, 2)).values
    np.testing.assert_allclose(
        norm[1].transpose(2, 0, 1), trace(network, IMAGES[1])[layer], rtol=1e-4, atol=1e-4
    )


def test_every_picture_is_classified_once_whatever_the_batch_size() -> None:
    found = list(batch_classes(load("fashion_cnn"), IMAGES, size=4, seed=3))
    assert sorted(np.concatenate([numbers for numbers, _ in found])) == list(range(6))
    assert [len(classes) for _, classes in found] == [4, 2]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda network: batch_input(network, IMAGES, "conv1a"), "no batch norm"),
        (lambda network: batch_input(network, IMAGES[:, :20], "norm1a"), "28 x 28"),
        (lambda network: batch_scores(network, IMAGES[:1], first_counts=False), "no statistics"),
    ],
)
def test_what_has_no_statistics_is_refused(call, said) -> None:
    with pytest.raises(CnnCoreError, match=said):
        call(load("fashion_cnn"))
