"""Features are what the last layer reads, whatever stands beside a picture."""

import numpy as np
import pytest

from cnn_core.errors import CnnCoreError
from cnn_core.networks import NETWORKS, load, trace
from cnn_core.networks.features import BATCH, class_scores, feature_layer, feature_maps, features
from cnn_core.samples import load_sample


@pytest.mark.parametrize("name", NETWORKS)
def test_they_are_what_the_last_layer_reads(name):
    network = load(name)
    pictures = [load_sample(one) for one in ("mandrill", "cat", "rocket")]
    found = np.concatenate(list(features(network, pictures)))
    layer = feature_layer(network).name
    for one, picture in zip(found, pictures, strict=True):
        assert one == pytest.approx(trace(network, picture)[layer].ravel(), abs=1e-4)


def test_a_picture_has_the_same_features_in_any_batch():
    network = load("fashion_cnn")
    pictures = [np.full((28, 28), level, np.uint8) for level in range(0, 120, 20)]
    batches = list(features(network, pictures))
    assert [len(one) for one in batches] == [BATCH, len(pictures) - BATCH]
    (alone,) = features(network, pictures[-1:])
    assert batches[-1][-1] == pytest.approx(alone[0], abs=1e-5)


@pytest.mark.parametrize("name", NETWORKS)
def test_the_scores_from_features_are_the_networks(name):
    network = load(name)
    pictures = [load_sample(one) for one in ("mandrill", "cat")]
    found = class_scores(network, np.concatenate(list(features(network, pictures))))
    for one, picture in zip(found, pictures, strict=True):
        assert one == pytest.approx(trace(network, picture).scores, abs=1e-4)
    with pytest.raises(CnnCoreError, match="features a picture"):
        class_scores(network, np.zeros((2, 7)))


def test_features_are_the_means_of_the_maps():
    network, picture = load("efficientnet_lite0"), load_sample("cat")
    maps = feature_maps(network, picture)
    (found,) = features(network, [picture])
    assert maps.mean(axis=(1, 2)) == pytest.approx(found[0], abs=1e-4)
    with pytest.raises(CnnCoreError, match="no means of maps"):
        feature_maps(load("fashion_mlp"), picture)
