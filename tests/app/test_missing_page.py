"""A path that leads to no lesson opens the first one, and the visitor is told."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from app.catalogue import BY_KEY, LESSONS
from app.missing_page import MissingPage
from tests.app.opening import opened

PASSED_ON = ""


DOCUMENT = {"accept": "text/html,*/*", "sec-fetch-dest": "document"}


def location(
    address: str,
    *,
    base: str = "",
    answer: Response | None = None,
    headers: Mapping[str, str] = DOCUMENT,
) -> str:
    """Ask for an address; return where the answer leads, `PASSED_ON` if it is the app's own."""
    found = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await (answer or HTMLResponse("<html></html>"))(scope, receive, send)

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            headers = dict(message["headers"])
            found.append(headers[b"location"].decode() if message["status"] == 307 else PASSED_ON)

    path, _, query = address.partition("?")
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": path, "headers": raw}
    scope["query_string"] = query.encode()
    asyncio.run(MissingPage(app, keys=BY_KEY, base=base)(scope, None, send))  # type: ignore[arg-type]
    (only,) = found
    return only


@pytest.mark.parametrize(
    ("address", "base", "leads_to"),
    [
        ("/nosuchpage", "", "./?no_page=nosuchpage"),
        ("/nosuchpage/", "", "../?no_page=nosuchpage%2F"),
        ("/no/such/page", "", "../../?no_page=no%2Fsuch%2Fpage"),
        ("/nosuchpage?picture=coffee", "", "./?picture=coffee&no_page=nosuchpage"),
        ("/below/nosuchpage", "below", "./?no_page=nosuchpage"),
        ("/below/", "/below/", PASSED_ON),
        ("/elsewhere", "below", PASSED_ON),
        ("/", "", PASSED_ON),
        *((f"/{key}", "", PASSED_ON) for key in BY_KEY),
        ("/kernel_lab/?stride=2", "", PASSED_ON),
    ],
)
def test_a_document_at_an_unknown_path_is_the_first_lesson(
    address: str, base: str, leads_to: str
) -> None:
    assert location(address, base=base) == leads_to


@pytest.mark.parametrize(
    "answer",
    [PlainTextResponse("ok"), Response(b"", media_type="text/javascript"), HTMLResponse("", 404)],
    ids=["text", "script", "not found"],
)
def test_what_is_no_page_is_left_alone(answer: Response) -> None:
    assert location("/_stcore/health", answer=answer) == PASSED_ON


@pytest.mark.parametrize(
    ("headers", "leads_to"),
    [
        ({"accept": "text/html"}, "./?no_page=nosuchpage"),
        ({"accept": "*/*"}, PASSED_ON),
        ({"accept": "text/html", "sec-fetch-dest": "iframe"}, PASSED_ON),
        ({}, PASSED_ON),
    ],
    ids=str,
)
def test_only_who_opens_a_page_is_sent_elsewhere(headers: dict[str, str], leads_to: str) -> None:
    assert location("/nosuchpage", headers=headers) == leads_to


def test_the_visitor_is_told_once_and_the_address_forgets_it() -> None:
    test = opened(LESSONS[0].key, no_page="no_such<b>page", look="gray")
    (line,) = test.info
    assert line.value.replace("\\", "") == (
        "There is no page called “no_such<b>page”. Pictures are numbers is shown instead."
    )
    assert r"\<b\>" in line.value
    assert {key: "".join(text) for key, text in test.query_params.items()} == {"look": "gray"}
    test.run()
    assert not test.info
