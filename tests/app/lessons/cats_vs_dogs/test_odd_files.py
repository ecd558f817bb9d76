"""Odd files among good ones: each that is refused has a sentence, and nothing else is lost."""

import io

import numpy as np
import pytest
from PIL import Image

from app.lessons.cats_vs_dogs.collection import MOST_PICTURES, TaughtCollection
from tests.app.lessons.cats_vs_dogs.client import Client, file


def packed(pixels: np.ndarray, form: str, **how: object) -> bytes:
    data = io.BytesIO()
    Image.fromarray(pixels).save(data, form, **how)
    return data.getvalue()


def gradient(height: int, width: int) -> np.ndarray:
    rows = np.linspace(0, 255, height)[:, None, None]
    columns = np.linspace(0, 255, width)[None, :, None]
    return np.broadcast_to((rows + columns) / 2, (height, width, 3)).astype(np.uint8)


@pytest.fixture
def heic() -> bytes:
    import pillow_heif

    data = io.BytesIO()
    pillow_heif.from_pillow(Image.fromarray(gradient(300, 400))).save(data)
    return data.getvalue()


def test_odd_files_among_good_ones(heic):
    client, mine = Client(), TaughtCollection()
    given = {
        "dot.png": file(np.full((1, 1, 3), 9, np.uint8)),
        "tall.png": file(gradient(20_000, 50)),
        "wide.png": file(gradient(50, 20_000)),
        "twelve.jpg": packed(gradient(3000, 4000), "JPEG"),
        "phone.heic": heic,
        "gray.png": file(gradient(90, 80)[..., 0]),
        "notes.txt": b"these are no pixels",
        "empty.png": b"",
        "half.png": file(gradient(64, 64))[:60],
        "good.png": file(gradient(64, 64)),
    }
    refused = {}
    for name, data in given.items():
        answer = client.put(f"/taught/{mine.owner}/0?name={name}", content=data)
        assert answer.status_code == 200
        if "refused" in answer.json():
            refused[name] = answer.json()["refused"]
    assert set(refused) == {"notes.txt", "empty.png", "half.png"}
    assert all(sentence.endswith(".") for sentence in refused.values())
    names = [one.name for one in mine.classes[0].pictures]
    assert names == [name for name in given if name not in refused]
    assert all(one.view.shape == (224, 224, 3) for one in mine.classes[0].pictures)


def test_a_long_picture_is_seen_sharply_in_its_middle():
    mine = TaughtCollection()
    pixels = np.zeros((50, 20_000, 3), np.uint8)
    pixels[:, 9_990:10_010] = 255  # 20 of the 50 pixels in the middle
    answer = Client().put(f"/taught/{mine.owner}/0", content=file(pixels))
    assert answer.json() == {"taken": True}
    view = mine.classes[0].pictures[0].view
    assert 0.3 < (view > 128).mean() < 0.6
    assert (view[:, 112] > 200).all()
    assert (view[:, [5, -5]] < 50).all()


def test_of_six_hundred_files_five_hundred_are_taken_and_each_other_is_refused():
    client, mine = Client(), TaughtCollection()
    answers = []
    for number in range(600):
        pixels = np.full((2, 2, 3), (number % 256, number // 256, 7), np.uint8)
        answer = client.put(f"/taught/{mine.owner}/0?name={number}.png", content=file(pixels))
        answers.append(answer.json())
    assert answers[:MOST_PICTURES] == [{"taken": True}] * MOST_PICTURES
    assert all(f"{MOST_PICTURES} pictures" in one["refused"] for one in answers[MOST_PICTURES:])
    names = [one.name for one in mine.classes[0].pictures]
    assert names == [f"{number}.png" for number in range(MOST_PICTURES)]
