"""Files on their way to a class: taken, or refused with a sentence; others' cannot be reached."""

import asyncio
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from PIL import Image
from starlette.applications import Starlette

from app.lessons.cats_vs_dogs import uploads
from app.lessons.cats_vs_dogs.collection import TaughtCollection, taught_picture

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


@pytest.fixture
def client() -> Client:
    return Client()


def file(pixels: np.ndarray) -> bytes:
    packed = io.BytesIO()
    Image.fromarray(pixels).save(packed, "PNG")
    return packed.getvalue()


PIXELS = np.random.default_rng(0).integers(0, 256, (40, 60, 3), dtype=np.uint8)


def test_a_file_is_taken_as_the_network_is_shown_it(client):
    mine = TaughtCollection()
    answer = client.put(f"/taught/{mine.owner}/1?name=a.png&first=1", content=file(PIXELS))
    assert answer.json() == {"taken": True}
    (taken,) = mine.classes[1].pictures
    assert taken.name == "a.png"
    assert np.array_equal(taken.view, taught_picture(PIXELS, "").view)
    again = client.put(f"/taught/{mine.owner}/1?name=b.png", content=file(PIXELS))
    assert again.json() == {"taken": False}
    mine.undo()
    assert not mine.classes[1].pictures


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 400, 3), (400, 80, 3)])
def test_pictures_of_any_shape_are_taken(client, shape):
    mine = TaughtCollection()
    pixels = np.full(shape, 99, np.uint8)
    assert client.put(f"/taught/{mine.owner}/0", content=file(pixels)).json() == {"taken": True}
    assert (mine.classes[0].pictures[0].view == 99).all()


@pytest.mark.parametrize("data", [b"", b"this is no picture", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_refused_with_a_sentence(client, data):
    mine = TaughtCollection()
    answer = client.put(f"/taught/{mine.owner}/0?name=a.txt", content=data)
    assert answer.status_code == 200
    assert answer.json()["refused"].endswith(".")
    assert not mine.classes[0].pictures


def test_a_file_that_is_too_long_is_not_read_to_its_end(client, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_FILE_BYTES", 1000)
    mine = TaughtCollection()
    answer = client.put(f"/taught/{mine.owner}/0", content=file(PIXELS))
    assert answer.status_code == 200
    assert "MB" in answer.json()["refused"]


def test_nobody_elses_pictures_can_be_reached(client):
    mine = TaughtCollection()
    mine.add(0, taught_picture(PIXELS, "mine.png"))
    for owner in ("", "a", "x" * 22, mine.owner[:-1], mine.owner.swapcase()):
        answer = client.put(f"/taught/{owner}/0", content=file(PIXELS))
        assert answer.status_code == 404
    assert client.get(f"/taught/{mine.owner}/0").status_code == 405  # nothing is given out
    assert len(mine.classes[0].pictures) == 1


def test_another_page_cannot_send(client):
    mine = TaughtCollection()
    answer = client.put(
        f"/taught/{mine.owner}/0", content=file(PIXELS), headers={"Origin": "https://other.example"}
    )
    assert answer.status_code == 403
    assert not mine.classes[0].pictures
