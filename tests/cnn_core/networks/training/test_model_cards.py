import json

import numpy as np
import pytest

from cnn_core.datasets import ASSETS, FASHION_CLASSES, load_fashion
from cnn_core.errors import CnnCoreError, DataMissingError
from cnn_core.networks import NETWORKS, load, trace
from cnn_core.networks.accuracy import recorded_classes
from cnn_core.networks.training.command import PLANS
from cnn_core.networks.training.model_card import classify, confusion_matrix, measure, write_classes
from cnn_core.networks.training.snapshots import network_at, snapshots

TRAINED_HERE = ("fashion_cnn", "fashion_mlp")


def card(name: str) -> dict:
    return json.loads((ASSETS / "weights" / f"{name}.json").read_text())


@pytest.mark.parametrize("name", TRAINED_HERE)
def test_the_stated_accuracy_is_what_the_bundled_test_pictures_give(name):
    test = load_fashion("test")
    named = classify(load(name).module, test.images).argmax(1)
    measured = measure(test, named)
    stated = card(name)["test"]
    # Another processor may round a borderline picture to the other side.
    assert measured["accuracy"] == pytest.approx(stated["accuracy"], abs=3e-4)
    difference = np.array(measured["confusion_matrix"]) - stated["confusion_matrix"]
    assert np.abs(difference).sum() <= 6
    assert measured["pictures"] == stated["pictures"] == 10_000
    assert np.count_nonzero(named != recorded_classes(name)) <= 3


@pytest.mark.parametrize("name", TRAINED_HERE)
def test_the_recorded_classes_are_those_of_the_card(name):
    given = recorded_classes(name)
    table = confusion_matrix(load_fashion("test").labels, given.astype(int), len(FASHION_CLASSES))
    assert table.tolist() == card(name)["test"]["confusion_matrix"]


def test_classes_are_read_as_they_were_written(tmp_path):
    given = np.arange(250) % 10
    write_classes(tmp_path / "some_network_test.txt", given)
    assert recorded_classes("some_network", folder=tmp_path).tolist() == given.tolist()
    assert recorded_classes("another_network", folder=tmp_path) is None


def test_the_fashion_network_names_at_least_935_of_a_thousand_pictures():
    assert card("fashion_cnn")["test"]["accuracy"] >= 0.935


def test_convolutions_beat_dense_layers():
    accuracy = {name: card(name)["test"]["accuracy"] for name in TRAINED_HERE}
    assert accuracy["fashion_cnn"] > accuracy["fashion_mlp"] + 0.03


@pytest.mark.parametrize("name", TRAINED_HERE)
def test_a_card_agrees_with_itself_and_with_the_network(name):
    stated = card(name)
    table = np.array(stated["test"]["confusion_matrix"])
    assert table.sum(1).tolist() == [1000] * 10
    assert stated["test"]["accuracy"] == pytest.approx(np.trace(table) / 10_000)
    assert list(stated["test"]["accuracy_per_class"]) == list(FASHION_CLASSES)
    assert list(stated["test"]["accuracy_per_class"].values()) == (np.diag(table) / 1000).tolist()
    assert stated["parameters"] == load(name).parameters
    assert f"training {name}" in stated["command"]
    assert stated["history_of_the_recipe"] == PLANS[name].history
    assert stated["settings"]["epochs"] == snapshots(name)[-1].epoch


def test_one_picture_alone_gets_the_scores_it_gets_among_many():
    images = load_fashion("test").images[:5]
    network = load("fashion_cnn")
    together = classify(network.module, images)
    for image, logits in zip(images, together, strict=True):
        np.testing.assert_allclose(trace(network, image).logits, logits, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("name", TRAINED_HERE)
def test_snapshots_run_from_guessing_to_the_final_weights(name):
    kept = snapshots(name)
    assert [snapshot.epoch for snapshot in kept] == sorted(snapshot.epoch for snapshot in kept)
    assert kept[0].epoch == 0
    assert kept[0].loss is None
    assert kept[0].test_accuracy < 0.25
    assert kept[-1].test_accuracy == pytest.approx(card(name)["test"]["accuracy"], abs=1e-3)
    first, last = (network_at(name, kept[place].epoch) for place in (0, -1))
    layer = next(layer.name for layer in first.layers if layer.kind in ("conv", "dense"))
    final = load(name).weights(layer)
    np.testing.assert_allclose(last.weights(layer), final, rtol=2e-3, atol=1e-5)
    assert np.abs(first.weights(layer) - final).max() > 0.1


def test_the_stated_accuracy_of_a_snapshot_is_what_it_reaches():
    test = load_fashion("test")
    moment = snapshots("fashion_mlp")[6]
    right = classify(network_at("fashion_mlp", moment.epoch).module, test.images).argmax(1)
    assert (right == test.labels).mean() == pytest.approx(moment.test_accuracy, abs=3e-4)


def test_a_moment_that_was_not_kept_is_refused():
    with pytest.raises(CnnCoreError, match="no snapshot"):
        network_at("fashion_cnn", 0.123)


def test_a_network_trained_elsewhere_has_no_snapshots():
    assert "efficientnet_lite0" in NETWORKS
    with pytest.raises(DataMissingError, match="efficientnet_lite0"):
        snapshots("efficientnet_lite0")


def test_the_snapshots_of_a_network_stay_small():
    for name in TRAINED_HERE:
        assert (ASSETS / "weights" / f"{name}_epochs.safetensors").stat().st_size < 3_000_000
