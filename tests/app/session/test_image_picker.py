"""Uploads become the picture in use, whatever they are called; what cannot be used is refused."""

import io
from html import unescape

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from app.catalogue import LESSONS
from app.drawing.frame import unpack
from app.session.image_picker import allowed_files
from app.session.picture import MAX_SIDE
from tests.app.components import component_data
from tests.app.opening import opened
from tests.app.picker import choose, listed

CHIP_WORDS = 'class="picture-in-use"'
ODD_SIZES = [(1, 1), (2, 2), (5, 3), (1, 512), (512, 1)]


def png(height: int = 6, width: int = 8) -> bytes:
    file = io.BytesIO()
    pixels = np.arange(height * width * 3, dtype=np.uint32).reshape(height, width, 3) % 256
    Image.fromarray(pixels.astype(np.uint8)).save(file, "PNG")
    return file.getvalue()


def upload(test: AppTest, name: str, data: bytes, kind: str = "") -> AppTest:
    return test.get("file_uploader")[0].set_value((name, data, kind)).run()


def beside_the_picture(test: AppTest) -> str:
    (shown,) = (one.proto.body for one in test.get("html") if CHIP_WORDS in one.proto.body)
    return str(shown)


@pytest.mark.parametrize(
    "name",
    ["a.jfif", "A.JPG", "a.jpe", "a.pjpeg", "a", ".png", "really_a_png.jpg", "notes.txt", "a.heic"],
)
def test_a_picture_is_taken_by_its_content(name: str) -> None:
    test = upload(opened(), name, png())
    assert not test.exception
    assert test.session_state["picture"].startswith("upload-")
    assert "6&nbsp;×&nbsp;8&nbsp;×&nbsp;3" in beside_the_picture(test)
    assert not test.warning


def test_a_file_that_is_no_picture_is_refused_in_words_and_the_picture_in_use_stays() -> None:
    test = upload(opened(), "mine.png", png())
    mine = test.session_state["picture"]
    test = upload(test, "holiday.jpg", b"these are words")
    (refusal,) = test.warning
    assert "JPEG, PNG, WebP" in refusal.value
    assert refusal.value.endswith("The picture in use stays.")
    assert test.session_state["picture"] == mine
    test = upload(test, "other.png", png(3, 3))
    assert not test.warning
    assert test.session_state["picture"] != mine


def test_what_is_allowed_can_be_read_without_hovering() -> None:
    test = opened()
    assert allowed_files() in [one.value for one in test.caption]
    assert allowed_files() == "JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF or HEIC, up to 64 MB."


def test_what_was_changed_is_said_once_and_stays_with_the_picture() -> None:
    frames = [Image.new("RGB", (600, 300), (at, 0, 0)) for at in range(12)]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    said = "First frame of an animation of 12; reduced from 300 × 600"
    test = upload(opened(), "a.gif", file.getvalue())
    animated = test.session_state["picture"]
    assert beside_the_picture(test).count(said) == 1
    test = upload(test, "b.png", png())
    assert "reduced" not in beside_the_picture(test).lower()
    choose(test, animated)
    assert beside_the_picture(test).count(said) == 1


@pytest.mark.parametrize(
    "name",
    ["<img src=x onerror=alert(1)>.png", '"><script>alert(1)</script>.png', "<b>&amp;.png"],
)
def test_a_name_is_shown_as_it_is_and_never_as_markup(name: str) -> None:
    shown = beside_the_picture(upload(opened(), name, png()))
    inside = shown.split("<bdi>")[1].split("</bdi>")[0]
    assert "<" not in inside
    assert unescape(inside)[:15] == name[:15]


def test_a_long_name_is_short_in_the_list_and_beside_the_picture() -> None:
    test = upload(opened(), "holiday_" * 30 + "0042.png", png())
    inside = beside_the_picture(test).split("<bdi>")[1].split("</bdi>")[0]
    assert len(inside) == 28
    assert inside.endswith("_0042.png")
    mine = listed(test)[test.session_state["picture"]]
    assert len(mine.partition(") ")[2]) < 40


@pytest.mark.parametrize("size", ODD_SIZES, ids=str)
@pytest.mark.parametrize("entry", LESSONS, ids=lambda entry: entry.key)
def test_every_lesson_shows_tiny_and_thin_pictures(entry, size: tuple[int, int]) -> None:
    test = upload(opened(entry.key), "odd.png", png(*size))
    assert not test.exception
    assert not test.warning
    assert test.session_state["picture"].startswith("upload-")


@pytest.mark.parametrize("size", [(1, 1), (1, 512)], ids=str)
def test_pooling_that_does_not_fit_is_named_and_the_other_pictures_are_shown(
    size: tuple[int, int],
) -> None:
    test = upload(opened("kernel_lab"), "odd.png", png(*size))
    headers = [unpack(data)[0] for data in component_data(test) if isinstance(data, bytes)]
    (header,) = (one for one in headers if "panels" in one)
    assert [panel["key"] for panel in header["panels"]] == ["source", "response", "activated"]
    assert header["unfit"].startswith(
        f"The pooling window of 2 × 2 does not fit into the map of {size[0]} × {size[1]}: choose"
    )


def test_a_small_patch_says_what_does_not_fit() -> None:
    test = opened("step_by_step", walk_source="patch", walk_mode="max", walk_pool="3")
    test = upload(test, "odd.png", png(1, 512))
    assert not test.exception
    assert "The pooling window covers 3 × 3 cells" in test.info[0].value
    assert "patch of the picture with 1 × " in test.info[0].value
    assert "larger picture or patch" in test.info[0].value


@pytest.mark.parametrize("larger", [False, True], ids=["as loaded", "larger"])
@pytest.mark.parametrize("size", [(6, 8), (2000, 20), (600, 300), (700, 1050)], ids=str)
def test_the_code_on_pictures_loads_what_is_shown(
    size: tuple[int, int], larger: bool, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.png").write_bytes(png(*size))
    monkeypatch.chdir(tmp_path)
    test = upload(opened(), "mine.png", png(*size))
    if larger and max(size) > MAX_SIDE:
        next(one for one in test.toggle if one.label.startswith("Up to")).set_value(True).run()
    code = next(one.value for one in test.get("code") if "mine.png" in one.value)
    values: dict[str, np.ndarray] = {}
    exec(code, values)
    height, width, _ = values["image"].shape
    said = "\n".join(one.value for one in test.markdown)
    assert f"height {height}, width {width} and depth 3" in said
    assert f"X[0, 0] = {tuple(values['image'][0, 0].tolist())}" in said


@pytest.mark.parametrize("lesson", ["inside_cnn", "look_at"])
def test_pages_on_networks_say_what_part_of_the_picture_is_seen(lesson: str) -> None:
    test = upload(opened(lesson), "wide.png", png(341, 512))
    said = [one.value for one in test.caption]
    part = "about the middle 298 × 298 of 341 × 512 pixels, reduced to 224 × 224"
    assert f"The input of the network is {part}." in said
