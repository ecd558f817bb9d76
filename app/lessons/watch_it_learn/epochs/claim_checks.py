"""Recomputes what the sentences of the view epochs say, in other ways; only tests call it."""

import json

import numpy as np
import safetensors

from app.lessons.watch_it_learn.epochs.settings import FIRST_LAYER
from app.lessons.watch_it_learn.epochs.situation import EpochsSituation
from app.networks.settings import bundled_pictures
from cnn_core.datasets import ASSETS
from cnn_core.networks import trace
from cnn_core.networks.experiments.recordings import load_epoch_recording
from cnn_core.networks.training.snapshots import network_at, snapshots

_NEAR = 1e-6


def _classes(on: EpochsSituation) -> np.ndarray:
    return load_epoch_recording().of(on.network).classes


def _correct(on: EpochsSituation, at: int) -> np.ndarray:
    return np.asarray(_classes(on)[at] == bundled_pictures().labels)


def is_share_of_recorded_classes(on: EpochsSituation) -> bool:
    """Whether the share is that of the recorded classes, and about that of the training's log."""
    moment = on.moment(on.settings.at)
    share = float(_correct(on, on.settings.at).mean())
    logged = snapshots(on.network)[on.settings.at].test_accuracy
    return (
        moment is not None
        and moment.test_accuracy.share == share
        and abs(share - logged) < 1e-3
        and len(bundled_pictures().labels) == 10_000
    )


def is_settled(on: EpochsSituation) -> bool:
    """Whether the network at each moment has that class from the moment on, and not before."""
    best = [
        int(trace(network_at(on.network, one.epoch), on.shown.pixels).logits.argmax())
        for one in snapshots(on.network)
    ]
    stays = len(set(best[on.settled :])) == 1
    return stays and (on.settled == 0 or best[on.settled - 1] != best[-1])


def is_steepest(on: EpochsSituation, at: int) -> bool:
    """Whether at no step more pictures become correct, and it is in the first half."""
    correct = np.array([_correct(on, one) for one in range(len(on.texts))])
    counts = (~correct[:-1] & correct[1:]).sum(axis=1)
    found = on.changes(at - 1, at)
    return (
        found is not None
        and found.became_correct == counts[at - 1] == counts.max()
        and at <= len(counts) / 2
    )


def is_better_with_losses(on: EpochsSituation) -> bool:
    """Whether more pictures are correct at the later moment, and so many no longer are."""
    before, now = (_correct(on, at) for at in on.settings.pair)
    found = on.changes(*on.settings.pair)
    lost = int((before & ~now).sum())
    return found is not None and bool(now.sum() > before.sum()) and found.became_wrong == lost


def is_recorded_gap(on: EpochsSituation) -> bool:
    """Whether the recording has these losses."""
    path = ASSETS / "recordings" / "epochs.json"
    networks = json.loads(path.read_text(encoding="utf-8"))["networks"]
    found = next(one for one in networks if one["network"] == on.network)["moments"]
    moment, recorded = on.moment(on.settings.at), found[on.settings.at]
    return (
        moment is not None
        and recorded["epoch"] == snapshots(on.network)[on.settings.at].epoch
        and (moment.training_loss, moment.test_loss)
        == (recorded["training_loss"], recorded["test_loss"])
        and recorded["training_loss"] < recorded["test_loss"]
    )


def is_mean_change(on: EpochsSituation, change: float) -> bool:
    """Whether the weights in the file of the moments differ by so much on average."""
    path = ASSETS / "weights" / f"{on.network}_epochs.safetensors"
    name = f"parts.{FIRST_LAYER[on.network]}.weight"
    with safetensors.safe_open(path, "np") as file:
        first, now = (
            file.get_tensor(f"{text}/{name}").astype(np.float64) for text in (on.texts[0], on.epoch)
        )
    return bool(np.isclose(np.abs(now - first).mean(), change, rtol=1e-4, atol=_NEAR))


def is_average(on: EpochsSituation) -> bool:
    """Whether the model card says so, and the log of the training has these accuracies."""
    folder = ASSETS / "weights"
    card = json.loads((folder / f"{on.network}.json").read_text(encoding="utf-8"))
    log = json.loads((folder / f"{on.network}_epochs.json").read_text(encoding="utf-8"))
    early, average = log[1], float(_correct(on, 1).mean())
    return (
        "running average" in card["weights"]
        and abs(average - early["test_accuracy"]) < 1e-3
        and early["training_accuracy"] > early["test_accuracy"]
    )
