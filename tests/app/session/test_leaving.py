"""Sessions that are over are emptied without another visitor."""

import time
import weakref
from typing import Any, cast

from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.session_manager import SessionInfo
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from app.session.leaving import let_go


class Picture:
    """What a visitor holds."""


class Session:
    """As much of a session as is looked at; it holds itself, as Streamlit's do."""

    def __init__(self, name: str) -> None:
        self.id = name
        self.session_state = {"picture": Picture()}
        self.itself = self
        self.ended = 0

    def shutdown(self) -> None:
        self.ended += 1


def manager_of(seconds: float, most: int = 128) -> WebsocketSessionManager:
    storage = MemorySessionStorage(maxsize=most, ttl_seconds=cast(int, seconds))
    manager = WebsocketSessionManager(storage, *(cast(Any, None),) * 3)
    let_go(manager)  # as the server does when it starts
    return manager


def close(manager: WebsocketSessionManager, name: str = "one") -> Session:
    session = Session(name)
    manager._session_storage.save(SessionInfo(client=None, session=cast(Any, session)))
    return session


def test_a_session_that_is_over_holds_nothing() -> None:
    manager = manager_of(0.001)
    session = close(manager)
    picture = weakref.ref(session.session_state["picture"])
    while manager._session_storage.get("one"):
        time.sleep(0.001)
    assert picture() is not None, "Streamlit has let go by itself: this module is not needed"
    assert let_go(manager) == 1
    assert (picture(), session.ended) == (None, 1)


def test_a_session_that_may_come_back_keeps_all() -> None:
    manager = manager_of(120)
    session = close(manager)
    assert let_go(manager) == 0
    assert manager._session_storage.list()[0].session is cast(Any, session)
    manager._session_storage.delete("one")  # its page is back
    assert (len(session.session_state), session.ended) == (1, 0)


def test_where_there_are_too_many_the_first_is_emptied() -> None:
    manager = manager_of(120, most=2)
    first, *others = [close(manager, name) for name in ("one", "two", "three")]
    assert (len(first.session_state), first.ended) == (0, 1)
    assert [one.ended for one in others] == [0, 0]


def test_streamlit_has_its_sessions_where_they_are_sought() -> None:
    assert "_session_mgr" in Runtime.__init__.__code__.co_names
    assert callable(AppSession.shutdown)
    assert isinstance(AppSession.session_state, property)
