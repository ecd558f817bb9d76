"""What a visitor held is let go a while after the page was closed, also where nobody comes after.

Streamlit keeps a session for two minutes, in case its page comes back, but looks at which of them
are over only when another one comes or goes, and then waits for Python to find that nothing leads
to it any more. On a quiet server the last visitor's pictures would stay for as long as nobody else
comes; and what was there when `warm` froze what lives as long as the process, for ever.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from cachetools import TTLCache
from streamlit import runtime

from app.live.published import forget_old

EVERY_S = 30.0


@asynccontextmanager
async def sessions_that_end(_: object) -> AsyncIterator[None]:
    """Let go of sessions that are over, for as long as the server runs."""
    task = asyncio.create_task(_again_and_again())
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _again_and_again() -> None:
    while True:
        if runtime.exists():
            # Nothing public leads there in Streamlit 1.67; a test says where it is.
            let_go(runtime.get_instance()._session_mgr)
        forget_old()
        await asyncio.sleep(EVERY_S)


def let_go(manager: Any) -> int:
    """Let go of the sessions whose time is over; return how many they were."""
    storage = manager._session_storage
    if not isinstance(storage._cache, Sessions):
        storage._cache = Sessions.of(storage._cache)
    return len(storage._cache.expire())


class Sessions(TTLCache[str, Any]):
    """Sessions whose pages are closed; one that leaves because it is over is emptied."""

    @classmethod
    def of(cls, others: "TTLCache[str, Any]") -> "Sessions":
        """Take over those that another store has."""
        made = cls(others.maxsize, others.ttl)
        made.update(others)
        return made

    def expire(self, time: float | None = None) -> list[tuple[str, Any]]:
        """Let go of all that are over, and return them."""
        over = list(super().expire(time))
        for _, info in over:
            _empty(info.session)
        return over

    def popitem(self) -> tuple[str, Any]:
        """Let go of the one that was closed first, where there are too many."""
        key, info = super().popitem()
        _empty(info.session)
        return key, info


def _empty(session: Any) -> None:
    session.shutdown()
    session.session_state.clear()
