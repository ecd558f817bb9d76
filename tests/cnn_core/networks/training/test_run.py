import dataclasses
import gzip
import itertools

import numpy as np
import pytest
import safetensors.torch
import torch

from cnn_core.datasets import DEBIAN_FASHION, LabelledImages, load_fashion
from cnn_core.errors import CnnCoreError
from cnn_core.fashion_subset import idx_bytes, main, subset
from cnn_core.networks.training.plan import (
    MOST_MULTIPLICATIONS,
    TrainingPlan,
    multiplications,
    network_layers,
    training_settings,
)
from cnn_core.networks.training.run import begin, gradient_norms, inside, train, weight_file

SMALL = TrainingPlan(layers=1, maps=4, kernel=3, batch=50, epochs=2)
DENSE = TrainingPlan(kind="dense", layers=2, units=12, batch=50, epochs=1, dropout=0.2)


def some(count: int = 400, split: str = "subset") -> LabelledImages:
    data = load_fashion(split)
    return LabelledImages(images=data.images[:count], labels=data.labels[:count])


def curve(plan: TrainingPlan) -> list[tuple[float, ...]]:
    found = [one.measurement for one in train(plan, some(), some(200, "test"))]
    return [
        (one.epoch, one.train_loss, one.train_accuracy, one.test_loss, one.test_accuracy)
        for one in found
        if one
    ]


@pytest.mark.parametrize("plan", [SMALL, DENSE], ids=["cnn", "dense"])
def test_the_same_seed_gives_the_same_curve_and_another_seed_another(plan):
    first = curve(plan)
    assert first == curve(plan)
    assert first != curve(dataclasses.replace(plan, seed=1))


def test_it_is_measured_before_the_first_step_within_epochs_and_at_their_ends():
    epochs = [point[0] for point in curve(SMALL)]
    assert epochs[0] == 0
    assert epochs == sorted(epochs)
    assert {1.0, 2.0} <= set(epochs)
    assert len([one for one in epochs if 0 < one < 1]) >= 3


def test_the_means_of_an_epochs_measurements_are_those_of_the_epoch():
    seen = list(train(SMALL, some(), some(50, "test")))
    points = [one.measurement for one in seen if one.measurement and 0 < one.measurement.epoch <= 1]
    lengths = np.diff([0.0, *(one.epoch for one in points)])
    end = next(one for one in seen if one.step == one.steps)
    assert np.dot(lengths, [one.train_loss for one in points]) == pytest.approx(end.loss)
    assert np.dot(lengths, [one.train_accuracy for one in points]) == pytest.approx(end.accuracy)


def test_the_loss_falls_and_the_confusion_matrix_has_all_test_pictures():
    points = [one.measurement for one in train(SMALL, some(2000), some(300, "test"))]
    found = [one for one in points if one]
    assert found[-1].test_loss < 0.6 * found[0].test_loss
    assert found[-1].confusion.sum() == found[-1].test_pictures == 300
    assert found[-1].test_accuracy == np.trace(found[-1].confusion) / 300
    assert set(found[-1].gradient_norms) == {"conv1", "dense"}
    assert found[0].gradient_norms == {}


def test_gradient_norms_are_lengths_of_the_gradients():
    run = begin(SMALL)
    next(itertools.islice(train(SMALL, some(), some(50, "test"), training=run), 1, 2))
    expected = {
        name: np.sqrt((run.module.parts[name].weight.grad.numpy() ** 2).sum())
        for name in ("conv1", "dense")
    }
    assert gradient_norms(run.module) == pytest.approx(expected)


def test_looking_inside_and_measuring_do_not_change_the_training():
    plain = curve(SMALL)
    run = begin(SMALL)
    points = []
    for progress in train(SMALL, some(), some(200, "test"), training=run):
        inside(run, some().images[0])
        if progress.measurement:
            points.append(progress.measurement.test_loss)
    assert points == [point[3] for point in plain]


def test_inside_shows_kernels_maps_and_probabilities():
    plan = dataclasses.replace(SMALL, layers=2)
    seen = inside(begin(plan), some().images[0])
    assert seen.kernels.shape == (4, 3, 3)
    assert [one.shape for one in seen.maps.values()] == [(4, 28, 28), (4, 14, 14)]
    assert seen.probabilities.sum() == pytest.approx(1)
    dense = inside(begin(DENSE), some().images[0])
    assert dense.kernels.shape == (12, 28, 28)
    assert [one.shape for one in dense.maps.values()] == [(12, 1, 1), (12, 1, 1)]


def test_a_training_that_explodes_ends():
    wild = dataclasses.replace(
        DENSE,
        learning_rate=100.0,
        optimizer="sgd",
        batch_norm=False,
        layers=4,
        units=64,
        dropout=0.0,
    )
    *_, last = train(wild, some(), some(50, "test"))
    assert not np.isfinite(last.loss)
    assert last.measurement is None


def test_the_weights_are_a_safetensors_file_of_the_network():
    run = begin(SMALL)
    read = safetensors.torch.load(weight_file(run))
    assert all(torch.equal(read[name], one) for name, one in run.module.state_dict().items())


@pytest.mark.parametrize(
    "changes",
    [
        {"pooling": "average", "activation": "tanh"},
        {"pooling": "none", "layers": 1, "activation": "sigmoid"},
        {"layers": 4, "activation": "leaky_relu", "batch_norm": False},
        {"kind": "dense", "activation": "identity", "augmentation": "both"},
        {"optimizer": "momentum", "dropout": 0.5, "weight_decay": 0.01},
    ],
    ids=str,
)
def test_every_kind_of_network_can_be_trained(changes):
    plan = dataclasses.replace(SMALL, epochs=1, **changes)
    assert plan.parameters == sum(one.numel() for one in begin(plan).module.parameters())
    *_, last = train(plan, some(200), some(50, "test"))
    assert last.measurement
    assert np.isfinite(last.measurement.test_loss)


def test_batch_norm_behind_a_dense_layer_is_torchs():
    plan = dataclasses.replace(DENSE, dropout=0.0)
    module = begin(plan).module.train()
    x = torch.rand(8, 1, 28, 28)
    found = module.outputs(x)
    expected = torch.nn.functional.batch_norm(found["dense1"], None, None, training=True)
    torch.testing.assert_close(found["norm1"], expected)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kernel": 4}, "odd side"),
        ({"layers": 5}, "at most 4"),
        ({"maps": 0}, "maps"),
        ({"pooling": "median"}, "one of max, average, none"),
        ({"learning_rate": float("nan")}, "learning rate"),
        ({"dropout": 1.0}, "dropout is from 0 to 0.9"),
        ({"maps": 64, "layers": 4, "pooling": "none"}, "million multiplications"),
    ],
    ids=str,
)
def test_what_cannot_be_trained_is_refused_with_a_sentence(changes, sentence):
    with pytest.raises(CnnCoreError, match=sentence):
        TrainingPlan(**changes)


def test_multiplications_are_counted_as_weights_times_places():
    layers = {layer.name: layer for layer in network_layers(SMALL)}
    assert multiplications(layers["conv1"]) == 4 * 9 * 28 * 28
    assert multiplications(layers["dense"]) == 10 * 4 * 14 * 14
    assert multiplications(layers["norm1"]) == 0
    assert TrainingPlan().multiplications < MOST_MULTIPLICATIONS


def test_a_plan_trains_at_one_rate_with_the_weights_as_they_are():
    settings = training_settings(SMALL)
    assert (settings.schedule, settings.average, settings.smoothing) == ("constant", 0.0, 0.0)


def test_fewer_pictures_than_a_batch_are_refused():
    with pytest.raises(CnnCoreError, match="do not fill one batch"):
        list(train(SMALL, some(20), some(20, "test")))


def test_the_bundled_training_pictures_are_a_thousand_of_each_class():
    data = load_fashion("subset")
    assert np.bincount(data.labels).tolist() == [1000] * 10


@pytest.mark.skipif(not DEBIAN_FASHION.is_dir(), reason="the 60,000 pictures are not here")
def test_the_bundled_training_pictures_are_the_first_of_each_class(tmp_path, capsys):
    assert main(["--check"]) == 0
    assert "are those" in capsys.readouterr().out


def test_the_files_are_idx_and_the_same_each_time(tmp_path):
    values = np.arange(12, dtype=np.uint8).reshape(3, 2, 2)
    made = idx_bytes(values)
    assert made == idx_bytes(values)
    assert gzip.decompress(made)[:4] == bytes((0, 0, 8, 3))
    with pytest.raises(CnnCoreError, match="fewer"):
        subset(some(100), per_class=50)
    assert main(["--data", str(tmp_path), "--check"]) == 1
