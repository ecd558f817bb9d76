"""What a visitor held is let go a while after the page was closed, also where nobody comes after.

Streamlit keeps a session for two minutes, in case its page comes back, but looks at which of them
are over only when another one comes or goes. On a quiet server the last visitor's pictures would
stay for as long as nobody else comes.
"""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from streamlit import runtime

EVERY_S = 30.0


@asynccontextmanager
async def sessions_that_end(_: object) -> AsyncIterator[None]:
    """Let go of sessions that are over, for as long as the server runs."""
    task = asyncio.create_task(_again_and_again(_session_manager))
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _again_and_again(manager: Callable[[], Any]) -> None:
    while True:
        await asyncio.sleep(EVERY_S)
        if found := manager():
            let_go(found)


def _session_manager() -> Any:
    # Nothing public leads to it in Streamlit 1.67; a test says where it is.
    return runtime.get_instance()._session_mgr if runtime.exists() else None


def let_go(manager: Any) -> int:
    """Let go of the sessions whose time is over; return how many they were."""
    kept = manager._session_storage._cache
    over = kept.expire()
    count = len(over)
    if count:
        del over
        gc.collect()  # a session and its parts hold each other
    return count
