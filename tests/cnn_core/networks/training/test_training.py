import dataclasses
import json

import numpy as np
import pytest
import safetensors.torch
import torch

from cnn_core.datasets import LabelledImages
from cnn_core.errors import CnnCoreError
from cnn_core.networks.builder import NetworkBuilder
from cnn_core.networks.models import mlp
from cnn_core.networks.training import command
from cnn_core.networks.training.augmentation import Augmentation
from cnn_core.networks.training.checkpoints import read_log
from cnn_core.networks.training.model_card import classify, confusion_matrix, spread
from cnn_core.networks.training.optimization import learning_rate, start, steps
from cnn_core.networks.training.settings import TrainingSettings

SMALL = TrainingSettings(
    epochs=3, batch=20, peak_rate=0.02, augmentation=Augmentation(shift=1, erase=0.2)
)


def two_kinds(count: int = 100) -> LabelledImages:
    """Bright on the top (class 0) or on the bottom (class 1), with noise."""
    rng = np.random.default_rng(2)
    labels = (np.arange(count) % 2).astype(np.uint8)
    images = rng.integers(0, 60, (count, 28, 28), dtype=np.uint8)
    images[labels == 0, :14] += 150
    images[labels == 1, 14:] += 150
    return LabelledImages(images=images, labels=labels)


def small_layers():
    builder = NetworkBuilder()
    builder.input(1, 28, 28)
    builder.conv("conv", 4, kernel=3, stride=3, bias=False)
    builder.batch_norm("norm")
    builder.activation("relu")
    builder.flatten()
    builder.dropout("dropout", 0.3)
    builder.dense("dense", 10)
    builder.softmax()
    return tuple(builder.layers)


def weights_after(settings: TrainingSettings, data: LabelledImages) -> dict[str, torch.Tensor]:
    run = start(small_layers(), settings)
    for _ in steps(run, data):
        pass
    return run.averaged.state_dict()


def same(one, other) -> bool:
    return all(torch.equal(one[name], other[name]) for name in one)


def test_the_loss_falls_and_new_pictures_are_named_right():
    data = two_kinds()
    run = start(small_layers(), dataclasses.replace(SMALL, epochs=8))
    losses = [progress.loss for progress in steps(run, data) if progress.step == progress.steps]
    assert losses[-1] < 0.6 * losses[0]
    named = classify(run.averaged, data.images).argmax(1)
    assert (named == data.labels).mean() > 0.95


def test_the_same_seed_gives_the_same_weights_and_another_seed_others():
    data = two_kinds()
    first = weights_after(SMALL, data)
    assert same(first, weights_after(SMALL, data))
    assert not same(first, weights_after(dataclasses.replace(SMALL, seed=1), data))


def test_training_leaves_the_global_random_state_alone():
    before = torch.get_rng_state()
    weights_after(dataclasses.replace(SMALL, epochs=1), two_kinds())
    assert torch.equal(torch.get_rng_state(), before)


def test_progress_counts_steps_and_epochs():
    run = start(small_layers(), SMALL)
    seen = [(progress.epoch, progress.step, progress.steps) for progress in steps(run, two_kinds())]
    assert seen == [(epoch, step, 5) for epoch in (1, 2, 3) for step in (1, 2, 3, 4, 5)]
    assert run.epoch == 3


def test_too_few_pictures_are_refused():
    run = start(small_layers(), SMALL)
    with pytest.raises(CnnCoreError, match="do not fill one batch"):
        next(steps(run, two_kinds(10)))


def test_biases_and_batch_norm_are_not_decayed():
    groups = start(small_layers(), SMALL).optimizer.param_groups
    assert [group["weight_decay"] for group in groups] == [SMALL.weight_decay, 0.0]
    assert all(values.ndim > 1 for values in groups[0]["params"])


def test_the_learning_rate_rises_then_falls_to_nothing():
    settings = TrainingSettings(epochs=100, peak_rate=0.2)
    rates = [learning_rate(moment, settings) for moment in range(101)]
    assert max(rates) == rates[10] == 0.2
    assert rates[:11] == sorted(rates[:11])
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert rates[-1] == pytest.approx(0, abs=1e-12)


def test_a_restart_lets_the_learning_rate_rise_a_second_time_to_half():
    settings = TrainingSettings(epochs=60, restart=40, peak_rate=0.2)
    rates = [learning_rate(moment, settings) for moment in range(61)]
    alone = TrainingSettings(epochs=40, peak_rate=0.2)
    assert rates[:40] == [learning_rate(moment, alone) for moment in range(40)]
    assert rates[40] == 0
    assert max(rates[40:]) == rates[42] == 0.1


def test_dropout_keeps_the_mean_while_training():
    module = start(small_layers(), SMALL).module.train()
    layer = next(layer for layer in module.layers if layer.kind == "dropout")
    ones = torch.ones(50, 400)
    dropped = module.step(layer, [ones], generator=torch.Generator().manual_seed(0))
    assert set(dropped.unique().tolist()) == {0.0, float(np.float32(1 / 0.7))}
    assert dropped.mean().item() == pytest.approx(1, abs=0.02)
    assert (dropped == 0).float().mean().item() == pytest.approx(0.3, abs=0.02)


def test_a_network_in_training_mode_is_not_measured():
    with pytest.raises(CnnCoreError, match="training mode"):
        classify(start(small_layers(), SMALL).module.train(), two_kinds().images)


def test_rows_of_the_confusion_matrix_are_true_classes():
    table = confusion_matrix(np.array([0, 0, 2], np.uint8), np.array([0, 1, 2]), 3)
    np.testing.assert_array_equal(
        table,
        [
            [1, 1, 0],
            [0, 0, 0],
            [0, 0, 1],
        ],
    )


@pytest.mark.parametrize(("length", "count"), [(3, 5), (20, 6), (50, 18), (7, 2)])
def test_kept_snapshots_include_the_first_and_the_last(length, count):
    log = [{"epoch": float(n)} for n in range(length)]
    kept = spread(log, count)
    assert len(kept) <= count
    assert (kept[0], kept[-1]) == (log[0], log[-1])
    assert kept == sorted(kept, key=lambda entry: entry["epoch"])


# The command.


@pytest.fixture
def data(tmp_path):
    """A directory with four small IDX files."""
    folder = tmp_path / "data"
    folder.mkdir()
    for stem, count in (("train", 600), ("t10k", 40)):
        pictures = two_kinds(count)
        for kind, array in (("images-idx3", pictures.images), ("labels-idx1", pictures.labels)):
            lengths = b"".join(n.to_bytes(4, "big") for n in array.shape)
            header = bytes((0, 0, 8, array.ndim)) + lengths
            (folder / f"{stem}-{kind}-ubyte").write_bytes(header + array.tobytes())
    return folder


def run_command(tmp_path, data, run, *more):
    words = ["fashion_mlp", "--epochs", "3", "--data", str(data), "--output", str(tmp_path / run)]
    return command.main([*words, "--checkpoints", str(tmp_path / f"{run}-checkpoints"), *more])


def test_an_interrupted_training_goes_on_to_the_very_same_weights(
    tmp_path, data, monkeypatch, capsys
):
    assert run_command(tmp_path, data, "whole") == 0

    draw = command._draw

    def interrupt(progress, *others):
        draw(progress, *others)
        if (progress.epoch, progress.step) == (2, 1):
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(command, "_draw", interrupt)
        assert run_command(tmp_path, data, "parts") == 130
    assert "--resume" in capsys.readouterr().err
    assert run_command(tmp_path, data, "parts", "--resume") == 0

    whole, parts = tmp_path / "whole", tmp_path / "parts"
    for name in ("fashion_mlp.safetensors", "fashion_mlp.json", "fashion_mlp_epochs.safetensors"):
        assert (whole / name).read_bytes() == (parts / name).read_bytes()
    epochs = [entry["epoch"] for entry in read_log(tmp_path / "parts-checkpoints/fashion_mlp")]
    assert epochs == [0.0, 0.5, 1.0, 2.0, 3.0]


def test_the_card_says_what_was_done_and_what_came_out(tmp_path, data, capsys):
    assert run_command(tmp_path, data, "run", "--holdout", "80", "--seed", "4") == 0
    card = json.loads((tmp_path / "run/fashion_mlp.json").read_text())
    assert card["command"].endswith("fashion_mlp --epochs 3 --seed 4 --holdout 80")
    assert card["training_pictures"] == 520
    assert card["parameters"] == sum(layer.parameters for layer in mlp.layers())
    assert card["test"]["pictures"] == np.sum(card["test"]["confusion_matrix"]) == 40
    assert str(tmp_path) not in json.dumps(card)
    log = read_log(tmp_path / "run-checkpoints/fashion_mlp")
    assert 0 <= log[-1]["holdout_accuracy"] <= 1
    kept = safetensors.torch.load_file(tmp_path / "run/fashion_mlp_epochs.safetensors")
    assert kept["3/parts.dense1.weight"].dtype == torch.float16
    shown = capsys.readouterr()
    assert "epoch   3/3" in shown.err
    assert shown.out == ""


def test_classes_without_pictures_have_no_accuracy(tmp_path, data):
    assert run_command(tmp_path, data, "run") == 0
    card = json.loads((tmp_path / "run/fashion_mlp.json").read_text())
    assert card["test"]["accuracy_per_class"]["Bag"] is None
    assert card["test"]["accuracy_per_class"]["Trouser"] is not None


def test_missing_data_is_answered_with_where_to_get_it(tmp_path, capsys):
    assert run_command(tmp_path, tmp_path / "nowhere", "run") == 1
    message = capsys.readouterr().err
    assert "dataset-fashion-mnist" in message
    assert "any directory with the four IDX files" in message
    assert "Traceback" not in message


def test_resuming_what_was_never_started_is_refused(tmp_path, data, capsys):
    assert run_command(tmp_path, data, "run", "--resume") == 1
    assert "no interrupted training" in capsys.readouterr().err


def test_resuming_with_another_seed_is_refused(tmp_path, data, capsys):
    assert run_command(tmp_path, data, "run") == 0
    assert run_command(tmp_path, data, "run", "--resume", "--seed", "9") == 1
    assert "another seed" in capsys.readouterr().err


@pytest.mark.parametrize("count", ["600", "-1"])
def test_a_holdout_that_takes_everything_is_refused(tmp_path, data, capsys, count):
    assert run_command(tmp_path, data, "run", "--holdout", count) == 1
    assert "cannot be held out" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["alexnet"], ["fashion_mlp", "--epochs", "0"]])
def test_a_command_that_makes_no_sense_is_refused(words, capsys):
    with pytest.raises(SystemExit) as refusal:
        command.main(words)
    assert refusal.value.code == 2
    assert "usage" in capsys.readouterr().err
