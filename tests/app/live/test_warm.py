"""What is loaded ahead: once, in the order of the lessons, and only where pages are served."""

import gc
import os
import threading

import pytest

from app.live import warm


def test_nothing_is_loaded_ahead_where_no_pages_are_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[object] = []
    tasks = (lambda: started.append(1), lambda: started.append(2))
    monkeypatch.setattr(warm, "WAIT_S", 0)
    monkeypatch.setattr(gc, "freeze", lambda: None)
    monkeypatch.setattr(warm, "_started", threading.Lock())
    monkeypatch.setattr(warm, "_allowed", threading.Event())
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    warm.warm_up(tasks)
    assert not warm._started.locked()
    warm.allow()
    warm.warm_up(tasks)
    warm.warm_up(tasks)
    assert warm._started.locked()
    for thread in threading.enumerate():
        if thread.name == "warm":
            thread.join()
    assert started == [1, 2]
    assert os.environ["OMP_NUM_THREADS"] == "1"
