"""What pages show is kept for the browser to fetch, and not much longer."""

import pytest

from app.live import published
from app.live.published import JSON, forget_old, publish


def test_what_was_published_minutes_ago_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(published.time, "monotonic", lambda: now)
    old, again, new = (publish(name.encode(), JSON) for name in ("old", "again", "new"))
    now += 100
    assert publish(b"again", JSON) == again
    now += 60
    forget_old()
    assert published.published(old) is None
    assert published.published(again) == (b"again", JSON)
    now += 100
    forget_old()
    assert published.published(again) is None
    assert published.published(new) is None
