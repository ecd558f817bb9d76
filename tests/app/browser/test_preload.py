"""The head of a page names the scripts it is going to need, and nothing else is changed."""

import asyncio
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from app.browser import modules
from app.browser.preload import PreloadScripts, names_for
from app.catalogue import LESSONS, scripts_at

PAGE = "<html><head><title>T</title></head><body>B</body></html>"


async def _page(request: Request) -> Response:
    assert "accept-encoding" not in request.headers
    return HTMLResponse(PAGE, headers={"etag": "x"})


async def _text(request: Request) -> Response:
    return PlainTextResponse("</head>")


def answer(path: str, *, document: bool = True) -> tuple[dict[str, str], bytes]:
    app = PreloadScripts(
        Starlette(routes=[Route("/text", _text), Route("/{path:path}", _page)]), scripts_at
    )
    headers = [(b"accept-encoding", b"gzip")] if document else []
    headers += [(b"sec-fetch-dest", b"document")] if document else []
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": headers,
    }
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    head = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return head, b"".join(message.get("body", b"") for message in sent[1:])


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_a_page_names_every_script_that_its_components_import(lesson) -> None:
    headers, body = answer(f"/{lesson.key}")
    assert int(headers["content-length"]) == len(body)
    assert "etag" not in headers
    folder = modules.APP / "lessons" / lesson.key
    for script in folder.rglob("component.js"):
        for path in modules.closure(script):
            assert modules.module_path(path).encode() in body
    assert body.endswith(b"</head><body>B</body></html>")


def test_the_root_is_the_start_page() -> None:
    _, body = answer("/")
    assert b"/start/opening/component.js" in body
    assert b"/lessons/" not in body
    folder = scripts_at("/pictures")
    assert all(name.startswith(("browser/", "lessons/pictures/")) for name in names_for(folder))


def test_what_is_no_page_and_what_no_one_navigates_to_stays_as_it_is() -> None:
    assert answer("/text")[1] == b"</head>"
    assert answer("/", document=False)[1] == PAGE.encode()
