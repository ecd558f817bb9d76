"""The scripts over HTTP: all that a component imports, and nothing else."""

import asyncio
import gzip
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from app.browser import modules
from app.browser.component import loader

COMPONENTS = sorted(modules.APP.rglob("component.js"))


def fetched(path: str, encoding: str = "gzip") -> tuple[int, dict[str, str], bytes]:
    """Ask for a path as a browser does; return status, headers and body."""
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [(b"accept-encoding", encoding.encode())],
    }
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Starlette(routes=modules.routes())(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(part.get("body", b"") for part in sent[1:])


@pytest.mark.parametrize("script", COMPONENTS, ids=lambda path: path.parent.name)
def test_everything_a_component_imports_is_served_compressed_and_kept(script: Path) -> None:
    for path in modules.closure(script):
        status, headers, body = fetched(f"/{modules.module_path(path)}")
        assert status == 200
        assert gzip.decompress(body) == path.read_bytes()
        assert headers["content-encoding"] == "gzip"
        assert headers["content-type"].startswith("text/javascript")
        assert "immutable" in headers["cache-control"]
        assert headers["x-content-type-options"] == "nosniff"


def test_a_client_that_knows_no_gzip_gets_the_script_as_it_is() -> None:
    _, headers, body = fetched(f"/{modules.module_path(COMPONENTS[0])}", encoding="identity")
    assert body == COMPONENTS[0].read_bytes()
    assert "content-encoding" not in headers
    assert headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "path",
    [
        "browser/component.py",
        "browser/base.css",
        "../app/server.py",
        "browser/../server.py",
        "lessons/../../pyproject.toml",
        "main.py",
        "",
    ],
)
def test_nothing_but_scripts_is_served(path: str) -> None:
    assert fetched(f"/modules/{modules.version()}/{path}")[0] == 404


def test_scripts_of_another_version_are_not_mixed_with_these() -> None:
    name = COMPONENTS[0].relative_to(modules.APP).as_posix()
    assert fetched(f"/modules/0123456789abcdef/{name}")[0] == 404


@pytest.mark.parametrize("script", COMPONENTS, ids=lambda path: path.parent.name)
def test_a_component_names_its_modules_so_that_they_come_together(script: Path) -> None:
    text = loader(script)
    assert len(text) < 4000
    assert f'"{modules.HOME}{modules.version()}/"' in text
    assert all(f'"{modules.module_name(path)}"' in text for path in modules.closure(script))


def test_every_import_leads_to_a_script() -> None:
    for path in modules.scripts().values():
        assert all(found.exists() for found in modules.closure(path))
