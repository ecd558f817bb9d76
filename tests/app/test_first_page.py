"""The first lesson is found under its own name too."""

import asyncio
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from app.first_page import FirstPageByName

PASSED_ON = ""


def location(address: str) -> str:
    """Ask for an address; return where the answer leads, `PASSED_ON` if the app gets to see it."""
    found = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        found.append(PASSED_ON)

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            assert message["status"] == 307
            found.append(dict(message["headers"])[b"location"].decode())

    path, _, query = address.partition("?")
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode()}
    asyncio.run(FirstPageByName(app, key="pictures")(scope, None, send))  # type: ignore[arg-type]
    (only,) = found
    return only


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/pictures", "./"),
        ("/pictures/", "../"),
        ("/pictures?look=gray&picture=upload-a%20b", "./?look=gray&picture=upload-a%20b"),
        ("/below/pictures?look=gray", "./?look=gray"),
        ("/?picture=coffee", PASSED_ON),
        ("/kernel_lab?stride=2", PASSED_ON),
        ("/pictures.js", PASSED_ON),
    ],
)
def test_only_the_first_lessons_name_leads_to_the_root(address: str, leads_to: str) -> None:
    assert location(address) == leads_to
