"""The drawing process: the same frames as drawn here, and no harm when it ends."""

import os
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import numpy as np
import pytest

from app.drawing.frame import unpack
from app.lessons.kernel_lab.frame import lab_frames
from app.lessons.kernel_lab.settings import read_settings
from app.live.drawer import PICTURES_KEPT, RESTS_KEPT, Drawer, Request, receive
from app.live.drawing_process import DrawingProcess, DrawingProcessError
from app.live.image_store import StoredImage
from cnn_core.errors import CnnCoreError
from cnn_core.images import digest


def picture(seed: int, *shape: int) -> StoredImage:
    pixels = np.random.default_rng(seed).integers(0, 256, (*shape, 3), dtype=np.uint8)
    return StoredImage(pixels=pixels, digest=digest(pixels))


def question(**settings: str) -> dict[str, Any]:
    return {
        "kind": "frame",
        "sequence": 1,
        "settings": settings,
        "dark": False,
        "picture": "/picture/x",
    }


def got(future: "Future[bytes]") -> tuple[dict[str, Any], dict[str, bytes]]:
    header, blobs = unpack(future.result(timeout=60))
    return {key: value for key, value in header.items() if not key.startswith("ms")}, blobs


@pytest.fixture
def process() -> Iterator[DrawingProcess]:
    made = DrawingProcess()
    yield made
    made.close()


def test_both_frames_are_what_is_drawn_here(process: DrawingProcess) -> None:
    asked = question(kernel="1,2;3,4", combine="gray")
    shown = picture(0, 20, 30)
    first, follow = process.draw_two(asked, shown)
    assert follow
    expected = lab_frames(
        shown.pixels, read_settings(asked["settings"]), asked["settings"], dark=False, sequence=1,
    )  # fmt: skip
    for future, frame in ((first, expected[0]), (follow(), expected[1]())):
        drawn: Future[bytes] = Future()
        drawn.set_result(frame)
        assert got(future) == got(drawn)


def test_what_makes_no_sense_is_refused_in_words(process: DrawingProcess) -> None:
    with pytest.raises(CnnCoreError, match=r"\.$"):
        process.draw_two(question(kernel="nan"), picture(0, 9, 9))[0].result(timeout=60)
    assert process.draw_two(question(), picture(0, 9, 9))[0].result(timeout=60)


def test_a_process_that_ended_is_started_again(process: DrawingProcess) -> None:
    shown = picture(0, 9, 9)
    process.draw_two(question(), shown)[0].result(timeout=60)
    process.close()
    assert process.draw_two(question(), shown)[0].result(timeout=60)


def test_what_was_owed_when_it_ended_is_refused(process: DrawingProcess) -> None:
    # Large enough that all of them cannot be drawn before the process is told to end.
    shown = picture(0, 500, 500)
    kernel = ";".join([",".join(["1"] * 15)] * 15)
    owed = [process.draw_two(question(kernel=kernel), shown)[0] for _ in range(50)]
    assert process.busy
    process.close()
    outcomes = [future.exception(timeout=60) for future in owed]
    assert isinstance(outcomes[-1], DrawingProcessError)
    assert not process.busy


def test_what_is_no_message_ends_the_line() -> None:
    outside, inside = os.pipe()
    os.write(inside, b"a line that something printed before the first reply")
    with pytest.raises(EOFError):
        receive(outside)
    os.close(inside)
    os.close(outside)


def test_more_pictures_than_it_keeps(process: DrawingProcess) -> None:
    pictures = [picture(seed, 3, 4) for seed in range(PICTURES_KEPT + 2)]
    for shown in [*pictures, *pictures[:3], pictures[-1]]:
        header, _ = got(process.draw_two(question(), shown)[0])
        assert header["panels"][0]["shape"] == "3 × 4 × 3"


def test_a_second_frame_that_was_let_go_is_drawn_anew() -> None:
    drawer, shown = Drawer(), picture(0, 8, 9)

    def reply(part: str, pair: int) -> bytes:
        status, frame = drawer.reply(
            Request(part=part, pair=pair, question=question(), digest="d", pixels=shown.pixels)  # type: ignore[arg-type]
        )
        assert status == "done"
        return frame

    for pair in range(RESTS_KEPT + 1):
        reply("first", pair)
    kept, gone = (unpack(reply("rest", pair)) for pair in (RESTS_KEPT, 0))
    assert kept[1] == gone[1]
    assert kept[0]["panels"] == gone[0]["panels"]
