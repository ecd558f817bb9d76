"""Files on their way to a class: taken, or refused with a sentence; others' cannot be reached."""

import numpy as np
import pytest

from app.lessons.cats_vs_dogs import uploads
from app.lessons.cats_vs_dogs.collection import TaughtCollection
from app.lessons.cats_vs_dogs.held import taught_picture
from tests.app.lessons.cats_vs_dogs.client import Client, file


@pytest.fixture
def client() -> Client:
    return Client()


PIXELS = np.random.default_rng(0).integers(0, 256, (40, 60, 3), dtype=np.uint8)


def test_a_file_is_taken_as_the_network_is_shown_it(client):
    mine = TaughtCollection()
    answer = client.put(f"/taught/{mine.owner}/1?name=a.png&step=x", content=file(PIXELS))
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
    mine.add("0", taught_picture(PIXELS, "mine.png"))
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
