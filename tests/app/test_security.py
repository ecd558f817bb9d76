"""Headers on every response, and what is refused before it is read."""

import asyncio
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from app import security


async def _page(request: Request) -> Response:
    return HTMLResponse("<p>a page</p>")


async def _text(request: Request) -> Response:
    return PlainTextResponse("some text")


def app_with(environment: dict[str, str]) -> Starlette:
    methods = ["GET", "PUT", "DELETE"]
    return Starlette(
        routes=[
            Route("/", _page),
            Route("/_stcore/metrics", _text),
            Route("/_stcore/upload_file/{session}/{file}", _text, methods=methods),
        ],
        middleware=security.middleware(environment),
    )


def answer(
    app: Starlette, path: str, *, method: str = "GET", host: str = "localhost:8501"
) -> tuple[int, dict[str, str]]:
    """Ask the app as a server does; return status and headers."""
    scope: dict[str, Any] = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", host.encode())],
        "scheme": "http",
        "server": ("localhost", 8501),
    }
    heads: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            heads.append(message)

    asyncio.run(app(scope, receive, send))
    (head,) = heads
    return head["status"], {name.decode(): value.decode() for name, value in head["headers"]}


def test_a_page_says_what_it_may_load_and_who_may_frame_it() -> None:
    status, headers = answer(app_with({}), "/")
    assert status == 200
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["frame-ancestors"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert "'unsafe-inline'" not in policy["script-src"]
    assert "'unsafe-eval'" not in policy["script-src"]
    assert "sha256-" in policy["script-src"]


def test_what_is_no_page_has_no_policy_and_is_not_sniffed() -> None:
    _, headers = answer(app_with({security.METRICS: "1"}), "/_stcore/metrics")
    assert "content-security-policy" not in headers
    assert headers["x-content-type-options"] == "nosniff"


def test_metrics_are_there_only_when_asked_for() -> None:
    assert answer(app_with({}), "/_stcore/metrics")[0] == 404
    assert answer(app_with({security.METRICS: "1"}), "/_stcore/metrics")[0] == 200


@pytest.mark.parametrize(
    ("hosts", "host", "status"),
    [
        ("", "anything.example", 200),
        ("kernels.example, localhost", "kernels.example", 200),
        ("kernels.example, localhost", "localhost:8501", 200),
        ("kernels.example, localhost", "elsewhere.example", 400),
    ],
)
def test_a_host_that_is_not_ours_is_refused_where_hosts_are_named(
    hosts: str, host: str, status: int
) -> None:
    assert answer(app_with({security.HOSTS: hosts}), "/", host=host)[0] == status


def test_a_visitor_may_leave_only_so_many_files_in_memory() -> None:
    app = app_with({})
    asked = [f"/_stcore/upload_file/session/{number}" for number in range(security.MOST_UPLOADS)]
    assert {answer(app, path, method="PUT")[0] for path in asked} == {200}
    one_more = "/_stcore/upload_file/session/more"
    assert answer(app, one_more, method="PUT")[0] == 429
    assert answer(app, asked[0], method="PUT")[0] == 200  # the same file again
    assert answer(app, "/_stcore/upload_file/another/1", method="PUT")[0] == 200
    assert answer(app, asked[0], method="DELETE")[0] == 200
    assert answer(app, one_more, method="PUT")[0] == 200
