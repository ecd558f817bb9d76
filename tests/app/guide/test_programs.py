"""Every program on a page runs as copied, alone in a process, and prints what the page shows."""

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.lesson import Lesson
from cnn_core.images import load_image
from tests.app.guide.alone import outputs
from tests.app.guide.drawn import GUIDED
from tests.app.guide.states import STATES, states_of
from tests.app.guide.taught import write_head_files

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|inf|nan)")
CASES = [(lesson, at) for lesson in GUIDED for at in range(len(STATES[lesson.key]))]


def numbers(printed: str) -> np.ndarray:
    return np.array([float(text) for text in NUMBER.findall(printed)])


@pytest.mark.parametrize(
    ("lesson", "at"), CASES, ids=[f"{lesson.key}-{at}" for lesson, at in CASES]
)
def test_a_program_prints_what_the_page_shows(lesson: Lesson, at: int, tmp_path: Path) -> None:
    texts, picture = list(states_of(lesson))[at]
    if picture.file:
        Image.fromarray(picture.pixels).save(tmp_path / picture.file)
        loaded = load_image(tmp_path / picture.file, max_side=picture.max_side)
        np.testing.assert_array_equal(loaded, picture.pixels)
    write_head_files(tmp_path)
    guide = lesson.guide()
    programs = guide.programs(guide.situation(texts, picture))
    assert programs
    printed = outputs([program.code for program in programs], tmp_path)
    for program, text in zip(programs, printed, strict=True):
        found = numbers(text)
        expected = np.ravel(program.prints())
        assert found.shape == expected.shape, (program.title, found, expected)
        near = 1e-4 * max(1.0, float(np.abs(expected[np.isfinite(expected)]).max(initial=0)))
        np.testing.assert_allclose(found, expected, rtol=1e-4, atol=near, err_msg=program.code)


@pytest.mark.parametrize("lesson", GUIDED, ids=lambda lesson: lesson.key)
def test_programs_are_tried_in_six_states(lesson: Lesson) -> None:
    assert len(STATES[lesson.key]) >= 6
