"""Every program on a page runs as copied, alone in a process, and prints what the page shows."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.guide.programs import Program
from app.lesson import Lesson
from cnn_core.images import load_image
from tests.app.guide.drawn import GUIDED
from tests.app.guide.states import STATES, states_of

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|inf|nan)")
CASES = [(lesson, at) for lesson in GUIDED for at in range(len(STATES[lesson.key]))]


def printed(program: Program, folder: Path) -> np.ndarray:
    """Run a program by itself; return the numbers it prints."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program.code],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr + program.code
    return np.array([float(text) for text in NUMBER.findall(done.stdout)])


@pytest.mark.parametrize(
    ("lesson", "at"), CASES, ids=[f"{lesson.key}-{at}" for lesson, at in CASES]
)
def test_a_program_prints_what_the_page_shows(lesson: Lesson, at: int, tmp_path: Path) -> None:
    texts, picture = list(states_of(lesson))[at]
    if picture.file:
        Image.fromarray(picture.pixels).save(tmp_path / picture.file)
        loaded = load_image(tmp_path / picture.file, max_side=picture.max_side)
        np.testing.assert_array_equal(loaded, picture.pixels)
    guide = lesson.guide()
    programs = guide.programs(guide.situation(texts, picture))
    assert programs
    with ThreadPoolExecutor() as pool:  # each spends seconds on importing torch
        outputs = list(pool.map(lambda program: printed(program, tmp_path), programs))
    for program, found in zip(programs, outputs, strict=True):
        expected = np.ravel(program.prints())
        assert found.shape == expected.shape, (program.title, found, expected)
        near = 1e-4 * max(1.0, float(np.abs(expected[np.isfinite(expected)]).max(initial=0)))
        np.testing.assert_allclose(found, expected, rtol=1e-4, atol=near, err_msg=program.code)


@pytest.mark.parametrize("lesson", GUIDED, ids=lambda lesson: lesson.key)
def test_programs_are_tried_in_six_states(lesson: Lesson) -> None:
    assert len(STATES[lesson.key]) >= 6
