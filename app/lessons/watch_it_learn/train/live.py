"""What the live channel answers about trainings: how one is doing, and what it is to do next."""

import asyncio
import contextlib
from collections.abc import Mapping
from concurrent.futures import Future
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from app.lessons.watch_it_learn.train.runs import RUNS
from app.lessons.watch_it_learn.train.settings import read_settings, watched_picture
from app.lessons.watch_it_learn.train.state_frame import run_frame
from app.live.handlers import Answer, Handler, Urgency
from app.live.image_store import STORE
from app.live.messages import Question

_PATIENCE_S = 0.3
"""So long a question waits for news; what the reader presses waits behind it."""

Owner = Annotated[str, Meta(min_length=16, max_length=64)]
_OWNER = "A training belongs to an owner, a name of 16 to 64 letters."


class TrainWatchQuestion(Question, frozen=True, kw_only=True, tag="train_watch"):
    """How is my training doing? It is answered when there is news, or soon.

    Attributes:
        owner: whose training.
        version: what the page knows already.
    """

    owner: Owner
    version: Annotated[int, Meta(ge=-1, lt=2**53)] = -1

    SENTENCES: ClassVar[Mapping[str, str]] = {
        **Question.SENTENCES,
        "$.owner": _OWNER,
        "$.version": "A version is a whole number from -1.",
    }


class TrainDoQuestion(Question, frozen=True, kw_only=True, tag="train_do"):
    """Begin, pause, go on, go one step, or stop.

    Attributes:
        owner: whose training.
        action: what to do; "start" begins one with the plan in `settings`, "batch" and "epoch" go
            one step, and begin one where there is none.
    """

    owner: Owner
    action: Literal["start", "pause", "go_on", "batch", "epoch", "stop"]

    SENTENCES: ClassVar[Mapping[str, str]] = {
        **Question.SENTENCES,
        "$.owner": _OWNER,
        "$.action": "A training can start, pause, go_on, go one batch, one epoch, and stop.",
    }


async def answer_watch(question: TrainWatchQuestion) -> Answer:
    """Wait a moment for news of the run, and tell them."""
    run = RUNS.see(question.owner)
    if run and run.is_active:
        news = asyncio.wrap_future(RUNS.changed(run, question.version))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(news, _PATIENCE_S)
    return _told(
        run_frame(run, kind="train_watch", sequence=question.sequence, known=question.version)
    )


async def answer_do(question: TrainDoQuestion) -> Answer:
    """Do it, and tell how the run is doing."""
    # In a thread: to start the process takes some milliseconds.
    return _told(await asyncio.to_thread(_done, question))


def _done(question: TrainDoQuestion) -> bytes:
    owner, action = question.owner, question.action
    if RUNS.active(owner) is None:
        if action in ("start", "batch", "epoch"):
            settings = read_settings(question.settings)
            pixels = STORE.get(question.token).pixels
            RUNS.start(
                owner,
                settings.plan,
                pictures=settings.pictures,
                watched=watched_picture(settings, pixels),
                paused=action != "start",
            )
            if action in ("batch", "epoch"):
                RUNS.act(owner, action)
    elif action != "start":
        RUNS.act(owner, action)
    return run_frame(RUNS.see(owner), kind="train_do", sequence=question.sequence, known=-1)


def _told(frame: bytes) -> Answer:
    done: Future[bytes] = Future()
    done.set_result(frame)
    return Answer(first=done)


HANDLERS = (
    Handler(question=TrainDoQuestion, urgency=Urgency.OPEN, answer=answer_do),
    Handler(question=TrainWatchQuestion, urgency=Urgency.BACKGROUND, answer=answer_watch),
)
