"""While a slider is moved the head follows: its bars at once, what leaving out gives soon after."""

import asyncio

import numpy as np
import pytest

from app.drawing.frame import unpack
from app.lessons.cats_vs_dogs.collection import TaughtCollection
from app.lessons.cats_vs_dogs.teach import heads
from app.lessons.cats_vs_dogs.teach.live import (
    HANDLERS,
    LATER,
    TaughtFollowQuestion,
    completed,
    followed,
)
from app.lessons.cats_vs_dogs.teach.situation import situation
from cnn_core.errors import CnnCoreError
from tests.app.guide.drawn import sample


def taught(**texts: str) -> TaughtCollection:
    collection = TaughtCollection()
    collection.taught = situation(texts, sample("cat"))
    return collection


def question(owner: str, decay: str, dropout: str = "0") -> TaughtFollowQuestion:
    return TaughtFollowQuestion(
        sequence=5,
        token="t",
        owner=owner,
        settings={"taught_decay": decay, "taught_dropout": dropout},
    )


@pytest.mark.parametrize(("decay", "dropout"), [("3", "0"), ("0.0003", "50")])
def test_the_bars_are_those_of_the_moved_slider_and_the_camera_has_that_head_too(decay, dropout):
    mine = taught()
    header, blobs = unpack(followed(question(mine.owner, decay, dropout)))
    expected = situation({"taught_decay": decay, "taught_dropout": dropout}, sample("cat"))
    assert (header["kind"], header["sequence"]) == ("taught_follow", 5)
    assert [bar["share"] for bar in header["bars"]] == pytest.approx(
        expected.probabilities.tolist(), abs=1e-5
    )
    assert set(blobs) == {"view", "map"}
    assert np.array_equal(mine.answering.head.weights, expected.head.weights)
    second, _ = unpack(completed(question(mine.owner, decay, dropout)))
    found = expected.proportion
    assert f"{found.successes} of {found.trials} correct" in second["accuracy"]
    again, _ = unpack(followed(question(mine.owner, decay, dropout)))
    assert again["accuracy"] == second["accuracy"]


def test_where_leaving_out_takes_long_it_waits_for_the_release(monkeypatch):
    monkeypatch.setattr(heads, "_SOON", 3)
    mine = taught(taught_most="4")
    header, _ = unpack(completed(question(mine.owner, "0.3")))
    assert header["accuracy"] == LATER


def test_both_frames_come_over_the_channel():
    handler = next(one for one in HANDLERS if one.question is TaughtFollowQuestion)
    mine = taught()

    async def both():
        answer = await handler.answer(question(mine.owner, "0.1"))
        assert answer.follow is not None
        return await asyncio.wrap_future(answer.first), await asyncio.wrap_future(answer.follow())

    frames = asyncio.run(both())
    assert [unpack(one)[0]["kind"] for one in frames] == ["taught_follow"] * 2


def test_nobody_elses_head_follows_and_only_settings_that_exist():
    mine, empty = taught(), TaughtCollection()
    with pytest.raises(CnnCoreError, match="session is gone"):
        followed(question("x" * 22, "0.1"))
    with pytest.raises(CnnCoreError, match="session is gone"):
        followed(question(empty.owner, "0.1"))
    with pytest.raises(CnnCoreError, match="weight decay"):
        followed(question(mine.owner, "7"))
    with pytest.raises(CnnCoreError, match="taught_dropout"):
        followed(
            TaughtFollowQuestion(
                sequence=1, token="t", owner=mine.owner, settings={"taught_decay": "1"}
            )
        )
