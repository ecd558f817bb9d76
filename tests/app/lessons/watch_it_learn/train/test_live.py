"""Questions about trainings on the live channel, and refusals that do no harm."""

import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from app.lessons.watch_it_learn.train import live
from app.lessons.watch_it_learn.train.runs import Runs
from app.live.image_store import STORE
from app.live.messages import RefusedError
from cnn_core.errors import CnnCoreError
from tests.app.answering import answer_to

PICTURE = np.random.default_rng(2).integers(0, 256, (40, 50, 3), dtype=np.uint8)
ANNA, BERT = "anna-has-a-long-name", "bert-has-a-long-name"
SETTINGS = {
    "learn_net_kind": "dense",
    "learn_net_layers": "1",
    "learn_net_units": "16",
    "learn_net_batch": "256",
    "learn_net_epochs": "30",
}


@pytest.fixture(scope="module")
def token() -> str:
    return STORE.put(PICTURE)


@pytest.fixture(scope="module")
def runs() -> Iterator[Runs]:
    made = Runs()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _own_runs(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.lessons.watch_it_learn.train import state_frame

    monkeypatch.setattr(live, "RUNS", runs)
    monkeypatch.setattr(state_frame, "RUNS", runs)


def ask(token: str, kind: str, **changes: Any) -> tuple[dict[str, Any], dict[str, bytes]]:
    asked = {"sequence": 4, "token": token, "owner": ANNA, **changes}
    return answer_to(live.HANDLERS, kind=kind, **asked)


def watched_until(token: str, condition: Any, **changes: Any) -> dict[str, Any]:
    """Ask as a page does, until its answer is so."""
    end, version = time.monotonic() + 60, -1
    while True:
        header, _ = ask(token, "train_watch", version=version, **changes)
        if condition(header):
            return header
        assert time.monotonic() < end, header
        version = header["version"]


def test_a_training_is_begun_watched_paused_and_stopped(token: str) -> None:
    header, _ = ask(token, "train_do", action="start", settings=SETTINGS)
    assert header["isActive"]
    assert header["sequence"] == 4
    watched_until(token, lambda one: one["points"] > 0 and one.get("inside"))
    header, blobs = ask(token, "train_watch")
    assert {strip["key"] for strip in header["inside"]["strips"]} == set(blobs)
    # Who knows the newest is not sent it again, and waits only a moment.
    ask(token, "train_do", action="pause")
    header = watched_until(token, lambda one: one["state"] == "paused")
    assert "Paused" in header["status"]
    header, blobs = ask(token, "train_watch", version=header["version"])
    assert "inside" not in header
    assert blobs == {}
    # Another one waits behind it.
    header, _ = ask(token, "train_do", action="start", settings=SETTINGS, owner=BERT)
    assert header["state"] == "waiting"
    assert "1 training before this one" in header["status"]
    ask(token, "train_do", action="stop", owner=BERT)
    ask(token, "train_do", action="stop")
    header = watched_until(token, lambda one: one["state"] == "stopped")
    assert not header["isActive"]


def test_a_step_begins_a_training_that_waits_after_it(token: str) -> None:
    ask(token, "train_do", action="batch", settings=SETTINGS)
    header = watched_until(
        token, lambda one: one["state"] == "paused" and "Epoch 0.03" in one["status"]
    )
    assert header["points"] >= 1
    ask(token, "train_do", action="stop")
    watched_until(token, lambda one: one["state"] == "stopped")


def test_nothing_is_told_of_who_has_no_training(token: str) -> None:
    header, blobs = ask(token, "train_watch", owner="somebody-who-never-trained")
    assert (header["state"], blobs) == ("none", {})
    header, _ = ask(token, "train_do", action="stop", owner="somebody-who-never-trained")
    assert header["state"] == "none"


@pytest.mark.parametrize(
    ("kind", "changes", "sentence"),
    [
        ("train_watch", {"owner": "short"}, "16 to 64 letters"),
        ("train_watch", {"version": "new"}, "whole number"),
        ("train_do", {"action": "explode"}, "can start, pause"),
        ("train_do", {"action": "stop", "owner": 7}, "16 to 64 letters"),
    ],
)
def test_a_wrong_question_is_refused(
    token: str, kind: str, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(RefusedError, match=sentence):
        ask(token, kind, **changes)


def test_a_network_that_cannot_be_trained_is_refused_with_its_sentence(token: str) -> None:
    settings = {"learn_net_layers": "4", "learn_net_maps": "32", "learn_net_pooling": "none"}
    with pytest.raises(CnnCoreError, match="million multiplications"):
        ask(token, "train_do", action="start", settings=settings)
