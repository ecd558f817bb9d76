"""Asks the routes of the lesson as a browser does, without a server."""

import asyncio
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image
from starlette.applications import Starlette

from app.lessons.cats_vs_dogs import uploads

APP = Starlette(routes=uploads.routes())


@dataclass
class Told:
    status_code: int
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """Asks the app as a server does."""

    def put(self, path: str, *, content: bytes, headers: Mapping[str, str] | None = None) -> Told:
        return self.ask("PUT", path, content, headers or {})

    def get(self, path: str) -> Told:
        return self.ask("GET", path, b"", {})

    def ask(self, method: str, path: str, content: bytes, headers: Mapping[str, str]) -> Told:
        path, _, query = path.partition("?")
        told = Told(status_code=0, body=b"")
        listed = {"host": "localhost:8501", **{name.lower(): one for name, one in headers.items()}}
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode(), one.encode()) for name, one in listed.items()],
            "scheme": "http",
            "server": ("localhost", 8501),
        }

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": content, "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                told.status_code = message["status"]
            else:
                told.body += message.get("body", b"")

        asyncio.run(APP(scope, receive, send))
        return told


def file(pixels: np.ndarray) -> bytes:
    packed = io.BytesIO()
    Image.fromarray(pixels).save(packed, "PNG")
    return packed.getvalue()
