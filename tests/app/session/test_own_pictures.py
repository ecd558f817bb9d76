"""A picture that was reduced can be had larger: as another picture, and back to the first."""

import io

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from app.live.image_store import STORE
from app.session.own_pictures import OWN_KEPT, load_own
from app.session.picture import LARGER_SIDE, MAX_SIDE, MIN_SIDE
from cnn_core.images import load_image_with_changes
from tests.app.components import component_data
from tests.app.opening import opened
from tests.app.picker import choose, chosen, listed
from tests.app.session.test_image_picker import beside_the_picture, png, upload

LABEL = "Up to 1024 pixels a side"


def is_offered(test: AppTest) -> bool:
    return LABEL in [one.label for one in test.toggle]


def turn(test: AppTest) -> AppTest:
    (choice,) = (one for one in test.toggle if one.label == LABEL)
    return choice.set_value(not choice.value).run()


def cost(test: AppTest) -> str:
    (said,) = (one.value for one in test.caption if "times as many pixels" in one.value)
    return str(said)


def stored(setting: str) -> np.ndarray:
    return STORE.get(setting.removeprefix("upload-")).pixels


def cut_off_jpeg() -> bytes:
    file = io.BytesIO()
    pixels = np.random.default_rng(0).integers(0, 256, (600, 700, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(file, "JPEG")
    return file.getvalue()[: int(0.9 * len(file.getvalue()))]


@pytest.mark.parametrize(
    "data",
    [png(700, 1050), png(3000, 2000), png(520, 20), png(20000, 50), cut_off_jpeg()],
    ids=["wide", "high", "thin", "very long", "cut off"],
)
def test_both_sizes_are_what_loading_the_file_gives(data: bytes) -> None:
    own = load_own(data, "mine.png")
    assert own.other
    for version, max_side in ((own.shown, MAX_SIDE), (own.other, LARGER_SIDE)):
        loaded = load_image_with_changes(data, max_side=max_side, min_side=MIN_SIDE)
        np.testing.assert_array_equal(version.pixels, loaded.pixels)
        assert version.changes == loaded.changes
        assert version.max_side == max_side
    assert own.other.pixels.size > own.shown.pixels.size
    # What the five that a session keeps can hold at most.
    assert own.shown.pixels.nbytes + own.other.pixels.nbytes <= 3 * (512**2 + 1024**2)


@pytest.mark.parametrize("size", [(512, 512), (512, 20), (6, 8)], ids=str)
def test_a_picture_that_was_not_reduced_is_kept_once(size: tuple[int, int]) -> None:
    assert load_own(png(*size), "mine.png").other is None


def test_only_an_own_picture_that_was_reduced_can_be_made_larger() -> None:
    test = opened()
    assert not is_offered(test)
    test = upload(test, "small.png", png(300, 512))
    assert not is_offered(test)
    test = upload(test, "large.png", png(700, 1050))
    assert is_offered(test)
    large = test.session_state["picture"]
    assert not is_offered(opened(picture=large))
    larger = turn(test).session_state["picture"]
    by_link = opened(picture=larger)
    assert "683&nbsp;×&nbsp;1024&nbsp;×&nbsp;3" in beside_the_picture(by_link)
    assert not is_offered(by_link)
    code = next(one.value for one in by_link.get("code") if "load_image" in one.value)
    assert "max_side=1024" in code


def test_two_sizes_of_one_file_are_two_pictures_and_going_back_keeps_everything() -> None:
    test = upload(opened(cells="6"), "mine.png", png(700, 1050))
    smaller, shown = test.session_state["picture"], beside_the_picture(test)
    test = turn(test)
    larger = test.session_state["picture"]
    assert larger != smaller
    assert stored(smaller).shape == (341, 512, 3)
    assert stored(larger).shape == (683, 1024, 3)
    assert "683&nbsp;×&nbsp;1024&nbsp;×&nbsp;3" in beside_the_picture(test)
    assert chosen(test) == [larger]
    assert sum("mine.png" in one for one in listed(test).values()) == 1
    test.session_state["at"] = "600,900"
    test = turn(test.run())
    assert test.session_state["picture"] == smaller
    assert beside_the_picture(test) == shown
    assert test.session_state["cells"] == "6"
    assert "at" not in test.query_params  # such a pixel is not in this picture
    test = turn(test)
    assert test.session_state["picture"] == larger
    assert test.query_params["at"] == "600,900"
    assert not test.exception
    assert not test.info


def test_the_list_offers_the_size_that_was_used_last() -> None:
    test = turn(upload(opened(), "mine.png", png(700, 1050)))
    larger = test.session_state["picture"]
    choose(test, "coffee")
    assert not is_offered(test)
    choose(test, larger)
    assert is_offered(test)
    assert "683&nbsp;×&nbsp;1024&nbsp;×&nbsp;3" in beside_the_picture(test)


def test_the_same_file_again_is_listed_once() -> None:
    test = turn(upload(opened(), "mine.png", png(700, 1050)))
    test = upload(test, "again.png", png(700, 1050))
    assert sum(one.startswith("upload-") for one in listed(test)) == 1
    assert "341&nbsp;×&nbsp;512&nbsp;×&nbsp;3" in beside_the_picture(test)


def test_a_size_that_the_store_let_go_is_there_again() -> None:
    test = turn(upload(opened(), "mine.png", png(700, 1050)))
    larger = test.session_state["picture"]
    STORE._drop(larger.removeprefix("upload-"))
    test = test.run()
    put_back = test.session_state["picture"]
    assert put_back != larger
    assert stored(put_back).shape == (683, 1024, 3)
    assert stored(turn(test).session_state["picture"]).shape == (341, 512, 3)
    assert turn(test).session_state["picture"] == put_back


def test_a_link_to_a_pixel_that_only_the_larger_size_has_is_noted() -> None:
    test = upload(opened(), "mine.png", png(700, 1050))
    smaller = test.session_state["picture"]
    larger = turn(test).session_state["picture"]
    assert not opened(picture=larger, at="600,900").info
    (noted,) = opened(picture=smaller, at="600,900").info
    assert "rows 0 to 340 and columns 0 to 511" in noted.value


@pytest.mark.parametrize(
    ("size", "off", "on"),
    [
        (
            (700, 1050),
            "With 683 × 1024 it has 4.01 times as many pixels: a convolution takes about 4 times",
            "It has 4.01 times as many pixels as with 341 × 512: a convolution takes about 4 times",
        ),
        (
            (640, 640),
            "With 640 × 640 it has 1.56 times as many pixels: a convolution takes about 1.6 times",
            "It has 1.56 times as many pixels as with 512 × 512: a convolution takes about 1.6",
        ),
    ],
    ids=["reduced twice", "whole"],
)
def test_what_more_pixels_cost_is_said_at_both_sizes(size, off: str, on: str) -> None:
    test = upload(opened(), "mine.png", png(*size))
    assert cost(test).startswith(off)
    assert "Reduced from" in beside_the_picture(test)
    test = turn(test)
    assert cost(test).startswith(on)
    assert ("Reduced from" in beside_the_picture(test)) == (max(size) > LARGER_SIDE)


@pytest.mark.parametrize("lesson", ["step_by_step", "kernel_lab", "inside_cnn", "look_at"])
def test_every_lesson_shows_the_larger_size(lesson: str) -> None:
    test = turn(upload(opened(lesson, walk_source="patch"), "mine.png", png(700, 1050)))
    assert not test.exception
    assert not test.warning
    assert component_data(test)
    assert "683&nbsp;×&nbsp;1024&nbsp;×&nbsp;3" in beside_the_picture(test)


def test_a_session_keeps_five_pictures_however_many_sizes_they_have() -> None:
    test = opened("step_by_step")
    for at in range(OWN_KEPT + 1):
        test = turn(upload(test, f"{at}.png", png(600, 513 + at)))
    own = test.session_state["kept_own_pictures"]
    assert [one.name for one in own] == [f"{at}.png" for at in range(OWN_KEPT, 0, -1)]
