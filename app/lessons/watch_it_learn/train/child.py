"""What runs in the training process: one run at a time, at low priority.

It ends when the server closes the line, which it does when it ends, however that happens.
"""

import contextlib
import importlib
import math
import os
import signal
import threading
import time
from collections.abc import Iterator
from functools import cache
from queue import Empty, SimpleQueue
from typing import Any, Literal

import numpy as np

from app.lessons.watch_it_learn.train.messages import (
    Act,
    Begin,
    Ended,
    How,
    InsideShown,
    Measured,
    Watch,
)
from app.live.drawer import packed, receive, write
from cnn_core.datasets import LabelledImages, load_fashion
from cnn_core.errors import CnnCoreError

_SHOW_EVERY_S = 0.2
_THREADS = 1
"""Two take the second core from those who drag, and are hardly faster for networks this small."""


def main() -> None:
    """Train what is asked for until the server closes the line."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server
    requests, replies = 0, os.dup(1)
    os.dup2(2, 1)  # whatever prints must not print into the replies
    inbox: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_listen, args=(requests, inbox), daemon=True).start()
    import torch

    # Now, so that the first run begins at once.
    importlib.import_module("app.lessons.watch_it_learn.train.frame")
    importlib.import_module("cnn_core.networks.training.run")

    torch.set_num_threads(_THREADS)
    _loaded("subset")
    _loaded("test")
    while True:
        message = inbox.get()
        if isinstance(message, Begin):
            _Trainer(message, inbox, replies).run()


def _listen(requests: int, inbox: "SimpleQueue[Any]") -> None:
    # In a thread, so that the end of the server is noticed in the middle of a step too.
    with contextlib.suppress(EOFError):
        while True:
            inbox.put(receive(requests))
    os._exit(0)


@cache
def _loaded(pictures: Literal["subset", "train", "test"]) -> LabelledImages:
    """Read pictures once; it takes half a second, which the first run need not wait for."""
    return load_fashion(pictures)


class _Trainer:
    """Carries one plan out; looks into the inbox between two steps."""

    def __init__(self, begin: Begin, inbox: "SimpleQueue[Any]", replies: int) -> None:
        self._name, self._plan, self._pictures = begin.run, begin.plan, begin.pictures
        self._watched: np.ndarray = begin.watched
        self._inbox, self._replies = inbox, replies
        self._paused = begin.paused
        self._pause_after = ""  # "batch" or "epoch" where it only goes one step
        self._stopped = False
        self._seconds = 0.0
        self._shown_at = 0.0

    def run(self) -> None:
        from cnn_core.networks.training.run import weight_file

        try:
            training, loss = self._train()
            how: How = "stopped" if self._stopped else "finished"
            if not math.isfinite(loss):
                how = "exploded"
            self._send(Ended(run=self._name, how=how, weights=weight_file(training)))
        except CnnCoreError as error:
            self._send(Ended(run=self._name, how="refused", sentence=str(error)))

    def _train(self) -> tuple[Any, float]:
        from cnn_core.networks.training.run import begin, train

        data, test = _loaded(self._pictures), _loaded("test")
        training = begin(self._plan)
        steps = train(self._plan, data, test, training=training)
        began = time.perf_counter()
        for progress in steps:
            self._seconds += time.perf_counter() - began
            if progress.measurement:
                self._measured(training, progress)
            self._decide(progress)
            self._show(training, progress, now=progress.measurement is not None or self._paused)
            for message in self._messages():
                self._take(message)
                if isinstance(message, Watch):
                    self._show(training, progress, now=True)
            if self._stopped:
                break
            began = time.perf_counter()
        self._show(training, progress, now=True)
        return training, progress.loss

    def _decide(self, progress: Any) -> None:
        """Pause after the one step that was asked for."""
        is_epoch = progress.step == progress.steps
        if self._pause_after == "batch" or (self._pause_after == "epoch" and is_epoch):
            self._paused, self._pause_after = True, ""

    def _messages(self) -> Iterator[Any]:
        """Give what has come; while the run is paused, wait for more."""
        while not self._stopped:
            try:
                yield self._inbox.get(block=self._paused)
            except Empty:
                return

    def _take(self, message: Any) -> None:
        if getattr(message, "run", "") != self._name:
            return
        if isinstance(message, Watch):
            self._watched = message.watched
        elif isinstance(message, Act):
            self._stopped = message.action == "stop"
            if message.action == "pause":
                # It is shown as paused once the step under way is done.
                self._pause_after = "batch"
            elif message.action in ("batch", "epoch"):
                self._paused, self._pause_after = False, message.action
            else:
                self._paused, self._pause_after = False, ""

    def _measured(self, training: Any, progress: Any) -> None:
        from cnn_core.networks.training.run import weight_file

        found = progress.measurement
        is_epoch = progress.step in (0, progress.steps)
        values = {
            "epoch": found.epoch,
            "train_loss": found.train_loss,
            "train_accuracy": found.train_accuracy,
            # Of weights that explode it may be infinite, which no chart can show.
            "test_loss": found.test_loss if math.isfinite(found.test_loss) else None,
            "test_accuracy": found.test_accuracy,
            "gradient_norms": dict(found.gradient_norms),
        }
        self._send(
            Measured(
                run=self._name,
                values=values,
                confusion=found.confusion,
                weights=weight_file(training) if is_epoch else None,
                seconds=self._seconds,
            )
        )

    def _show(self, training: Any, progress: Any, *, now: bool) -> None:
        if not now and time.perf_counter() - self._shown_at < _SHOW_EVERY_S:
            return
        from app.lessons.watch_it_learn.train.frame import inside_frame
        from cnn_core.networks.training.run import inside

        self._shown_at = time.perf_counter()
        if not math.isfinite(progress.loss):
            return  # there is nothing left to see
        header, blobs = inside_frame(inside(training, self._watched))
        self._send(
            InsideShown(
                run=self._name,
                header=header,
                blobs=tuple(blobs),
                progress={
                    "epoch": progress.epoch,
                    "step": progress.step,
                    "steps": progress.steps,
                    "loss": progress.loss,
                    "accuracy": progress.accuracy,
                },
                seconds=self._seconds,
                paused=self._paused,
            )
        )

    def _send(self, message: Any) -> None:
        # Where the server is gone, the other thread ends this process.
        with contextlib.suppress(OSError):
            write(self._replies, packed(message))
