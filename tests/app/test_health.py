"""What stands before the server asks whether it is alive and whether it is ready."""

from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from streamlit import runtime
from streamlit.runtime import RuntimeState

from app import health
from tests.app.test_security import answer

APP = Starlette(routes=health.routes())


def serve_in(monkeypatch: pytest.MonkeyPatch, state: RuntimeState | None) -> None:
    monkeypatch.setattr(runtime, "exists", lambda: state is not None)
    monkeypatch.setattr(runtime, "get_instance", lambda: SimpleNamespace(state=state))


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (None, 503),
        (RuntimeState.NO_SESSIONS_CONNECTED, 200),
        (RuntimeState.ONE_OR_MORE_SESSIONS_CONNECTED, 200),
        (RuntimeState.STOPPING, 503),
        (RuntimeState.STOPPED, 503),
    ],
)
def test_it_is_ready_while_pages_can_open(
    monkeypatch: pytest.MonkeyPatch, state: RuntimeState | None, status: int
) -> None:
    serve_in(monkeypatch, state)
    assert answer(APP, "/readyz")[0] == status


def test_it_is_alive_as_long_as_it_answers_and_no_answer_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    serve_in(monkeypatch, RuntimeState.STOPPING)
    status, headers = answer(APP, "/healthz")
    assert status == 200
    assert headers["cache-control"] == "no-store"
