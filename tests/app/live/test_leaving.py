"""Sessions that are over are let go without another visitor."""

import gc
import time
import weakref
from typing import Any, cast

from streamlit.runtime import Runtime
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.session_manager import SessionInfo
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from app.live.leaving import let_go


class Session:
    """What a visitor holds, and what holds itself."""

    id = "one"

    def __init__(self) -> None:
        self.itself = self


def kept(seconds: float) -> tuple[WebsocketSessionManager, "weakref.ref[Session]"]:
    storage = MemorySessionStorage(ttl_seconds=cast(int, seconds))
    manager = WebsocketSessionManager(storage, *(cast(Any, None),) * 3)
    session = Session()
    storage.save(SessionInfo(client=None, session=cast(Any, session)))
    return manager, weakref.ref(session)


def test_a_session_that_is_over_is_gone_with_all_it_held() -> None:
    manager, session = kept(0.001)
    while manager._session_storage.list():
        time.sleep(0.001)
    gc.collect()
    assert session() is not None, "Streamlit has let go by itself: this module is not needed"
    assert let_go(manager) == 1
    assert session() is None


def test_a_session_that_may_come_back_stays() -> None:
    manager, session = kept(120)
    assert let_go(manager) == 0
    assert session() is not None


def test_the_runtime_has_its_sessions_where_they_are_sought() -> None:
    assert "_session_mgr" in Runtime.__init__.__code__.co_names
