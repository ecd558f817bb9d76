"""The drawing process: the same frames as drawn here, and no harm when it ends."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np
import pytest

from app.drawing.frame import pack, unpack
from app.lessons.kernel_lab.live_drawing import draw_frames
from app.lessons.kernel_lab.questions import FrameQuestion
from app.live import drawer, drawing_process
from app.live.drawer import Request, receive
from app.live.drawing_process import DrawingProcess, DrawingProcessError, DrawingProcesses
from app.live.image_store import StoredImage
from cnn_core.errors import CnnCoreError
from cnn_core.images import digest

ROOT = Path(__file__).parents[3]


def picture(seed: int, *shape: int) -> StoredImage:
    pixels = np.random.default_rng(seed).integers(0, 256, (*shape, 3), dtype=np.uint8)
    return StoredImage(pixels=pixels, digest=digest(pixels))


def question(**settings: str) -> FrameQuestion:
    return FrameQuestion(sequence=1, token="x", settings=dict(settings))


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
    answer = process.draw_two(draw_frames, asked, shown)
    assert answer.follow
    expected = draw_frames(asked, shown.pixels)
    for future, frame in (
        (answer.first, expected.first),
        (answer.follow(), expected.draw_second()),
    ):
        drawn: Future[bytes] = Future()
        drawn.set_result(frame)
        assert got(future) == got(drawn)


def test_what_makes_no_sense_is_refused_in_words(process: DrawingProcess) -> None:
    with pytest.raises(CnnCoreError, match=r"\.$"):
        process.draw_two(draw_frames, question(kernel="nan"), picture(0, 9, 9)).first.result(
            timeout=60
        )
    assert process.draw_two(draw_frames, question(), picture(0, 9, 9)).first.result(timeout=60)


def test_a_process_that_ended_is_started_again(process: DrawingProcess) -> None:
    shown = picture(0, 9, 9)
    process.draw_two(draw_frames, question(), shown).first.result(timeout=60)
    process.close()
    assert process.draw_two(draw_frames, question(), shown).first.result(timeout=60)


def test_what_was_owed_when_it_ended_is_refused(process: DrawingProcess) -> None:
    # Large enough that all of them cannot be drawn before the process is told to end.
    shown = picture(0, 500, 500)
    kernel = ";".join([",".join(["1"] * 15)] * 15)
    owed = [process.draw_two(draw_frames, question(kernel=kernel), shown).first for _ in range(50)]
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


def test_both_ends_keep_the_same_pictures(process: DrawingProcess) -> None:
    large = [picture(seed, 1500, 5000) for seed in range(4)]  # 22 MB each: three fit
    for shown in [*large, *large[:2], large[-1], large[0]]:
        header, _ = got(process.draw(draw_shape, question(), shown).first)
        assert header["shape"] == [1500, 5000, 3]


def draw_shape(question: FrameQuestion, image: np.ndarray) -> bytes:
    return pack({"shape": list(image.shape)})


def test_each_picture_always_goes_to_the_same_process() -> None:
    processes = DrawingProcesses(3)
    pictures = [picture(seed, 3, 4) for seed in range(20)]
    chosen = [processes.of(shown) for shown in pictures]
    assert [processes.of(shown) for shown in pictures] == chosen
    assert len(set(chosen)) == 3


def test_asking_returns_before_the_process_has_started(monkeypatch: pytest.MonkeyPatch) -> None:
    go_on, started = threading.Event(), threading.Event()

    class Slow(drawing_process._Child):
        def __init__(self) -> None:
            started.set()
            assert go_on.wait(timeout=60)
            super().__init__()

    monkeypatch.setattr(drawing_process, "_Child", Slow)
    process = DrawingProcess()
    answers = [process.draw_two(draw_frames, question(), picture(0, 900, 900)) for _ in range(9)]
    assert started.wait(timeout=60)
    assert not any(answer.first.done() for answer in answers)
    go_on.set()
    assert all(answer.first.result(timeout=60) for answer in answers)
    process.close()


def test_a_small_request_is_sent_by_who_asks(process: DrawingProcess) -> None:
    shown = picture(0, 9, 9)
    process.draw_two(draw_frames, question(), shown).first.result(timeout=60)
    sent_before = process._queue
    process._queue = SimpleQueue()  # nobody reads this one
    assert process.draw_two(draw_frames, question(), shown).first.result(timeout=60)
    large = question(kernel="0.123456789," * 500)
    waiting = process.draw_two(draw_frames, large, shown).first
    assert process._queue.qsize() == 1
    process.close()
    assert isinstance(waiting.exception(timeout=60), DrawingProcessError)
    process._queue = sent_before


def test_a_system_that_starts_no_process_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(drawing_process, "_Child", refuse)
    answer = DrawingProcess().draw_two(draw_frames, question(), picture(0, 9, 9))
    with pytest.raises(DrawingProcessError, match="cannot be started"):
        answer.first.result(timeout=60)


def test_a_second_frame_that_was_let_go_is_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawer, "SECOND_FRAME_BYTES", 5 * 4 * 8 * 9 * 3)
    drawing, shown = drawer.Drawer(), picture(0, 8, 9)

    def reply(part: drawer.Part, pair: int) -> bytes:
        status, frame = drawing.reply(
            Request(
                draw=draw_frames,
                part=part,
                pair=pair,
                question=question(),
                digest="d",
                pixels=shown.pixels,
            )
        )
        assert status == "done"
        return frame

    for pair in range(6):
        reply("first", pair)
    kept, gone = (unpack(reply("second", pair)) for pair in (5, 0))
    assert kept[1] == gone[1]
    assert kept[0]["panels"] == gone[0]["panels"]


def test_the_drawing_process_imports_neither_streamlit_nor_torch() -> None:
    script = (
        "import sys, app.live.drawer, app.lessons.kernel_lab.live_drawing\n"
        "assert not {'streamlit', 'torch', 'starlette'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
