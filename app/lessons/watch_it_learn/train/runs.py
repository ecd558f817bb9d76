"""The trainings of this server: one at a time, the others in a queue that everyone can see.

A run belongs to an owner, which is a name that only one visitor's page knows. It goes on as long as
that page asks how it is doing, and for a minute after that, so that a reload loses nothing.
"""

import secrets
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from app.caching import MIB
from app.drawing.frame import Blob
from app.lessons.watch_it_learn.train.messages import (
    Act,
    Begin,
    Ended,
    InsideShown,
    Measured,
    Pictures,
    Watch,
)
from app.lessons.watch_it_learn.train.process import TrainingProcess
from cnn_core.errors import CnnCoreError
from cnn_core.networks.training.plan import TrainingPlan

KEPT_RUNS = 5
MOST_WAITING = 60
KEPT_BYTES = 48 * MIB
AWAY_S = 60.0
"""A run whose page is gone goes on for so long; a paused one where others wait, too."""
IDLE_S = 180.0
"""A process that trains nothing is kept ready for so long."""
_TICK_S = 0.5

State = Literal[
    "waiting", "running", "paused", "finished", "stopped", "exploded", "refused", "lost"
]
Action = Literal["pause", "go_on", "batch", "epoch", "stop"]
ACTIVE = ("waiting", "running", "paused")


@dataclass(slots=True, kw_only=True, eq=False)
class TrainingRun:
    """One training, from its place in the queue to what is kept of it.

    Attributes:
        name: its own name, which no other run has.
        number: counts the runs of its owner, from 1.
        plan, pictures: what is trained, and on what.
        state: where it is; see `State`.
        sentence: why it ended, where that is not plain.
        points: its measurements so far, as in `Measured.values`.
        confusion: the newest confusion matrix, int64 (10, 10), None before the first.
        header, blobs: the newest view of its inside.
        progress: as in `InsideShown`.
        seconds: spent training.
        weights: a safetensors file of the last full epoch or of the end, b"" before the first.
        version: grows with everything that is new.
        seen: when its page was there last; this and the next two in seconds of `time.monotonic`.
        paused_at: when something was pressed last, or it paused; 0 where it begins running.
        queued_at: when it was asked for.
        first: what it does first where it begins paused.
        stopping: whether it was told to stop, which it does after the step under way.
    """

    name: str
    owner: str
    number: int
    plan: TrainingPlan
    pictures: Pictures
    watched: np.ndarray
    state: State = "waiting"
    sentence: str = ""
    points: list[dict[str, Any]] = field(default_factory=list)
    confusion: np.ndarray | None = None
    header: dict[str, Any] = field(default_factory=dict)
    blobs: tuple[Blob, ...] = ()
    progress: dict[str, float] = field(default_factory=dict)
    seconds: float = 0.0
    weights: bytes = b""
    version: int = 0
    seen: float = 0.0
    paused_at: float = 0.0
    queued_at: float = 0.0
    first: Action | None = None
    stopping: bool = False

    @property
    def is_active(self) -> bool:
        """Whether it waits, trains or pauses."""
        return self.state in ACTIVE

    @property
    def epochs_done(self) -> float:
        """Epochs since its start."""
        if not self.progress:
            return 0.0
        return self.progress["epoch"] - 1 + self.progress["step"] / self.progress["steps"]

    @property
    def best(self) -> dict[str, Any] | None:
        """The measurement at the end of an epoch with the highest accuracy on all test pictures."""
        whole = [one for one in self.points if one["epoch"] > 0 and one["epoch"] % 1 == 0]
        return max(whole, key=lambda one: one["test_accuracy"]) if whole else None

    @property
    def held_bytes(self) -> int:
        """About how much memory it takes."""
        return len(self.weights) + sum(len(blob.data) for blob in self.blobs) + 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePlace:
    """Where a run is in the queue.

    Attributes:
        ahead: how many runs come before it.
        wait_s: about how long these will take, None where nothing was measured yet.
        left_s: how long the run itself will take from now, None likewise.
        behind: how many runs come after it.
    """

    ahead: int
    wait_s: float | None
    left_s: float | None
    behind: int = 0


class Runs:
    """All runs of this server."""

    def __init__(
        self, *, away_s: float = AWAY_S, idle_s: float = IDLE_S, kept_bytes: int = KEPT_BYTES
    ) -> None:
        self._away_s, self._idle_s, self._kept_bytes = away_s, idle_s, kept_bytes
        self._runs: dict[str, TrainingRun] = {}  # by name, the oldest first
        self._queue: list[TrainingRun] = []
        self._current: TrainingRun | None = None
        self._process: TrainingProcess | None = None
        self._idle_since = time.monotonic()
        self._lock = threading.RLock()
        self._waiting: list[tuple[TrainingRun, int, Future[None]]] = []
        self._pace: float | None = None  # seconds for a multiplication of one picture
        self._keeper: threading.Thread | None = None

    def prepare(self) -> None:
        """Start the process in the background if it does not run: importing torch takes seconds.

        Raises:
            CnnCoreError: if it cannot be started.
        """
        with self._lock:
            self._idle_since = time.monotonic()
            if self._process is None:
                try:
                    self._process = TrainingProcess(self._heard)
                except OSError as error:
                    raise CnnCoreError("No training process can be started here.") from error
            self._keep()

    def start(
        self,
        owner: str,
        plan: TrainingPlan,
        *,
        pictures: Pictures,
        watched: np.ndarray,
        paused: bool = False,
    ) -> TrainingRun:
        """Put a run into the queue, and begin it if it is the first.

        Raises:
            CnnCoreError: if the owner has one that has not ended, or if too many wait already.
        """
        with self._lock:
            if len(self._queue) >= MOST_WAITING:
                raise CnnCoreError(
                    f"{MOST_WAITING} trainings wait on this server already; try again later."
                )
            if self.active(owner):
                raise CnnCoreError("A training of yours is not finished; stop it first.")
            run = TrainingRun(
                name=secrets.token_urlsafe(12),
                owner=owner,
                number=1 + max((one.number for one in self.of(owner)), default=0),
                plan=plan,
                pictures=pictures,
                watched=watched,
                seen=time.monotonic(),
                queued_at=time.monotonic(),
                state="waiting",
            )
            if paused:
                run.paused_at = time.monotonic()
            self._runs[run.name] = run
            self._queue.append(run)
            self._advance()
            self._forget()
            self._keep()
        return run

    def act(self, owner: str, action: Action) -> None:
        """Pause the owner's run, let it go on, let it go one step, or stop it."""
        with self._lock:
            run = self.active(owner)
            if run is None:
                return
            run.seen = time.monotonic()
            if run is self._current and self._process:
                # Who presses something is there.
                run.paused_at = time.monotonic()
                run.stopping = action == "stop"
                self._process.send(Act(run=run.name, action=action))
                self._changed(run)
            elif action == "stop":
                self._queue.remove(run)
                self._end(run, "stopped")
            elif run.paused_at:
                run.first = action

    def watch_picture(self, owner: str, watched: np.ndarray) -> None:
        """Show the maps of another picture, uint8 (28, 28)."""
        with self._lock:
            run = self.active(owner)
            if run is None or np.array_equal(run.watched, watched):
                return
            run.watched = watched
            if run is self._current and self._process:
                self._process.send(Watch(run=run.name, watched=watched))

    def of(self, owner: str) -> list[TrainingRun]:
        """List an owner's runs, the oldest first."""
        with self._lock:
            return [run for run in self._runs.values() if run.owner == owner]

    def active(self, owner: str) -> TrainingRun | None:
        """Return the owner's run that has not ended."""
        return next((run for run in self.of(owner) if run.is_active), None)

    def knows(self, owner: str) -> bool:
        """Whether anything of this owner is kept."""
        return bool(self.of(owner))

    def see(self, owner: str) -> TrainingRun | None:
        """Note that the owner's page is there; return the newest of its runs."""
        with self._lock:
            found = self.of(owner)
            for run in found:
                run.seen = time.monotonic()
            return found[-1] if found else None

    def changed(self, run: TrainingRun, version: int) -> "Future[None]":
        """Return a future that is done once the run has something newer than that."""
        done: Future[None] = Future()
        with self._lock:
            if run.version > version:
                done.set_result(None)
            else:
                self._waiting.append((run, version, done))
        return done

    def place(self, run: TrainingRun) -> QueuePlace:
        """Say how many come before a run, and how long that and the run itself will take."""
        with self._lock:
            line = [*([self._current] if self._current else []), *self._queue]
            before = line[: line.index(run)] if run in line else []
            times = [self._left(one) for one in before]
            known = [one for one in times if one is not None]
            return QueuePlace(
                ahead=len(before),
                wait_s=sum(known) if len(known) == len(times) else None,
                left_s=self._left(run),
                behind=len(line) - len(before) - 1 if run in line else 0,
            )

    def queue_length(self) -> int:
        """Count the runs that train or wait."""
        with self._lock:
            return len(self._queue) + (self._current is not None)

    @property
    def process_id(self) -> int | None:
        """The number of the training process, None where there is none."""
        return self._process.pid if self._process else None

    def close(self) -> None:
        """End the process, and every run with it."""
        with self._lock:
            process, self._process = self._process, None
            for run in [*self._queue, *([self._current] if self._current else [])]:
                self._end(run, "stopped")
            self._queue.clear()
            self._current = None
        if process:
            process.close()

    def _left(self, run: TrainingRun) -> float | None:
        if not run.is_active:
            return 0.0
        done = run.epochs_done
        if done >= 0.25 and run.seconds:
            return (run.plan.epochs - done) * run.seconds / done
        if self._pace is None:
            return None
        return run.plan.epochs * self._pace * _work(run)

    def _advance(self) -> None:
        """Begin the next run where none is under way."""
        if self._current or not self._queue:
            return
        self.prepare()
        assert self._process
        run = self._current = self._queue.pop(0)
        run.state = "running"
        self._changed(run)
        self._process.send(
            Begin(
                run=run.name,
                plan=run.plan,
                pictures=run.pictures,
                watched=run.watched,
                paused=run.paused_at > 0,
            )
        )
        if run.first:
            self._process.send(Act(run=run.name, action=run.first))

    def _heard(self, process: TrainingProcess, message: Any) -> None:
        with self._lock:
            if message is None:
                self._process_ended(process)
                return
            run = self._current
            if process is not self._process or run is None or message.run != run.name:
                return
            if isinstance(message, InsideShown):
                self._take_view(run, message)
            elif isinstance(message, Measured):
                run.points.append(dict(message.values))
                run.confusion = message.confusion
                run.weights = message.weights or run.weights
                run.seconds = message.seconds
                if run.epochs_done >= 1:
                    self._pace = run.seconds / (run.epochs_done * _work(run))
            elif isinstance(message, Ended):
                run.weights = message.weights or run.weights
                self._current = None
                self._end(run, message.how, message.sentence)
                self._advance()
            self._changed(run)

    def _take_view(self, run: TrainingRun, message: InsideShown) -> None:
        run.header, run.blobs = dict(message.header), message.blobs
        run.progress, run.seconds = dict(message.progress), message.seconds
        if message.paused and run.state != "paused":
            run.paused_at = time.monotonic()
        run.state = "paused" if message.paused else "running"

    def _process_ended(self, process: TrainingProcess) -> None:
        if process is not self._process:
            return
        self._process = None
        run, self._current = self._current, None
        if run:
            self._end(run, "lost", "The training process ended before the training was finished.")
        self._advance()

    def _end(self, run: TrainingRun, state: State, sentence: str = "") -> None:
        run.state, run.sentence = state, sentence or run.sentence
        self._idle_since = time.monotonic()
        self._changed(run)

    def _changed(self, run: TrainingRun) -> None:
        """Tell whoever waits for news of a run."""
        run.version += 1
        left = []
        for one in self._waiting:
            waits_for, version, news = one
            if waits_for is not run or run.version <= version:
                if not news.cancelled():
                    left.append(one)
            elif news.set_running_or_notify_cancel():
                news.set_result(None)
        self._waiting = left

    def _forget(self) -> None:
        """Keep the last runs of each owner, and no more bytes than there is room for."""
        owners = {run.owner for run in self._runs.values()}
        for owner in owners:
            for run in self.of(owner)[:-KEPT_RUNS]:
                del self._runs[run.name]
        ended = sorted(
            (run for run in self._runs.values() if not run.is_active), key=lambda run: run.seen
        )
        held = sum(run.held_bytes for run in self._runs.values())
        for run in ended:
            if held <= self._kept_bytes:
                break
            held -= run.held_bytes
            del self._runs[run.name]

    def _keep(self) -> None:
        if self._keeper is None:
            self._keeper = threading.Thread(target=self._watch, name="training-keeper", daemon=True)
            self._keeper.start()

    def _watch(self) -> None:
        """Stop what nobody looks at any more; ends when there is nothing left to watch."""
        while True:
            time.sleep(min(_TICK_S, self._away_s / 4, self._idle_s / 4))
            with self._lock:
                now = time.monotonic()
                self._stop_abandoned(now)
                busy = self._current or self._queue
                if not busy and self._process and now - self._idle_since > self._idle_s:
                    process, self._process = self._process, None
                    threading.Thread(target=process.close, daemon=True).start()
                if not busy and self._process is None:
                    self._keeper = None
                    return

    def _stop_abandoned(self, now: float) -> None:
        for run in [one for one in self._queue if now - one.seen > self._away_s]:
            self._queue.remove(run)
            self._end(run, "stopped", "Its page was closed.")
        current = self._current
        if current is None or current.sentence:
            return
        if now - current.seen > self._away_s:
            self._give_up(current, "Its page was closed.")
        elif current.state == "paused" and self._queue:
            others_since = min(run.queued_at for run in self._queue)
            if now - max(current.paused_at, others_since) > self._away_s:
                self._give_up(current, "It was paused while others waited.")

    def _give_up(self, run: TrainingRun, sentence: str) -> None:
        run.sentence = sentence
        if self._process:
            self._process.send(Act(run=run.name, action="stop"))


def _work(run: TrainingRun) -> float:
    """Estimate the work of an epoch, in multiplications: the steps, and the test after it."""
    pictures = 60_000 if run.pictures == "train" else 10_000
    return float(run.plan.multiplications) * (3 * pictures + 10_000)


RUNS = Runs()
"""The trainings of this server."""
