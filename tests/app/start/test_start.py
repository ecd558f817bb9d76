"""The start page: a card for every lesson, and an opening whose numbers are SciPy's."""

import asyncio
from html import unescape

import cv2
import numpy as np
import pytest
from scipy.ndimage import correlate
from starlette.applications import Starlette
from starlette.responses import Response

from app.catalogue import LESSONS
from app.drawing.thumbnail import SIDE
from app.lesson import Lesson
from app.lessons.pictures.thumbnail import middle_values
from app.live.image_store import STORE
from app.start import thumbnails
from app.start.opening_frame import EDGES_TEXT, KERNEL, opening_data
from cnn_core.images import digest
from cnn_core.samples import load_sample
from tests.app.opening import opened

ODD_SIZES = [(1, 1), (2, 2), (5, 3), (1, 512), (512, 16)]


def fetched(lesson: str, token: str) -> Response:
    """Ask for a card as a browser does."""
    request = Starlette.__new__(Starlette)  # only its path is read
    request.path_params = {"lesson": lesson, "token": token}  # type: ignore[attr-defined]
    return asyncio.run(thumbnails.thumbnail_endpoint(request))  # type: ignore[arg-type]


def random_picture(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)


def test_the_start_page_names_every_lesson_with_its_promise() -> None:
    test = opened("")
    assert not test.exception
    assert test.title[0].value == "Kernelscope"
    said = unescape(" ".join(one.proto.body for one in test.get("html")))
    links = [one.proto.label for one in test.get("page_link")]
    for lesson in LESSONS:
        assert lesson.promise in said
        assert lesson.title in links
        assert f"thumbnail/{lesson.key}/" in said
    assert dict(test.query_params) == {}


def test_the_start_pages_link_is_marked_where_it_carries_settings() -> None:
    test = opened("", start="1", picture="coffee")
    assert dict(test.query_params) == {"start": "1", "picture": "coffee"}


@pytest.mark.parametrize("size", ODD_SIZES, ids=str)
@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_a_card_is_drawn_of_any_picture(lesson: Lesson, size: tuple[int, int]) -> None:
    pixels = random_picture(*size)
    card = lesson.thumbnail(pixels, digest(pixels))
    assert card.shape == (SIDE, SIDE, 3)
    assert card.dtype == np.uint8


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_a_card_shows_the_picture_in_use(lesson: Lesson) -> None:
    cards = [
        lesson.thumbnail(pixels, digest(pixels))
        for pixels in map(load_sample, ("mandrill", "coffee"))
    ]
    assert (cards[0] != cards[1]).mean() > 0.3


def test_a_card_is_found_under_the_pictures_token_and_nowhere_else() -> None:
    token = STORE.put(random_picture(30, 40), owner="test")
    thumbnails.routes(LESSONS)
    answer = fetched("kernel_lab", token)
    assert answer.status_code == 200
    card = cv2.imdecode(np.frombuffer(answer.body, np.uint8), cv2.IMREAD_COLOR)
    assert card is not None
    assert card.shape == (SIDE, SIDE, 3)
    assert fetched("kernel_lab", "unknown").status_code == 404
    assert fetched("no_lesson", token).status_code == 404


@pytest.mark.parametrize("size", [*ODD_SIZES, (60, 80)], ids=str)
def test_the_openings_numbers_are_those_of_scipy(size: tuple[int, int]) -> None:
    data = opening_data(random_picture(*size))
    blobs = {blob.name: blob.data for blob in data.blobs}
    gray = cv2.imdecode(np.frombuffer(blobs["gray"], np.uint8), cv2.IMREAD_UNCHANGED)
    assert gray is not None
    response = np.frombuffer(blobs["response"], "<i2").reshape(size)
    expected = correlate(gray.astype(float), KERNEL.array, mode="nearest")
    np.testing.assert_array_equal(response, expected)
    assert (data.height, data.width) == size


def test_the_windows_colors_are_those_that_its_sentence_names() -> None:
    bar = np.zeros((20, 30, 3), np.uint8)
    bar[:, 10:20] = 255
    edges = next(blob.data for blob in opening_data(bar).blobs if blob.name == "edges")
    picture = cv2.imdecode(np.frombuffer(edges, np.uint8), cv2.IMREAD_COLOR_RGB).astype(int)
    right_is_brighter, left_is_brighter = picture[10, 10], picture[10, 20]
    assert EDGES_TEXT.index("orange where the right") < EDGES_TEXT.index("blue where the left")
    assert right_is_brighter[0] > right_is_brighter[1] > right_is_brighter[2]
    assert left_is_brighter[2] > left_is_brighter[1] > left_is_brighter[0]


def test_the_card_of_pictures_are_numbers_shows_pixels_of_the_picture() -> None:
    gray = random_picture(30, 41)[:, :, :1].repeat(3, axis=2)
    np.testing.assert_array_equal(middle_values(gray), gray[12:17, 18:23, 0])
