"""Links from when the first lesson was at the root open it still; the start page's own do not."""

import asyncio
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from app.old_links import OldLinks
from app.session import link

PASSED_ON = ""


def location(address: str, base: str = "") -> str:
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
    old_links = OldLinks(app, key="pictures", settings=link.known(), base=base)
    asyncio.run(old_links(scope, None, send))  # type: ignore[arg-type]
    (only,) = found
    return only


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/?picture=coffee", "./pictures?picture=coffee"),
        ("/?look=gray&picture=upload-a%20b", "./pictures?look=gray&picture=upload-a%20b"),
        ("/?classroom=", "./pictures?classroom="),
        ("/", PASSED_ON),
        ("/?utm_source=mail", PASSED_ON),
        ("/?start=1&picture=coffee", PASSED_ON),
        ("/kernel_lab?stride=2", PASSED_ON),
        ("/picture?look=gray", PASSED_ON),
    ],
)
def test_the_root_with_settings_leads_to_the_first_lesson(address: str, leads_to: str) -> None:
    assert location(address) == leads_to


def test_below_a_path_the_root_is_there() -> None:
    assert location("/lab/?look=gray", base="lab") == "./pictures?look=gray"
    assert location("/?look=gray", base="lab") == PASSED_ON
