"""The programs below a slide compute the same output as PyTorch, and print what the page shows."""

import re

import numpy as np
import pytest

from app.lessons.step_by_step.operands import input_of
from app.lessons.step_by_step.programs import numpy_lines, programs, torch_lines
from app.lessons.step_by_step.settings import SETTINGS, read_settings
from app.lessons.step_by_step.situation import situation
from tests.app.guide.drawn import sample
from tests.app.lessons.step_by_step.cases import CASES, PICTURE, expected


@pytest.mark.parametrize("texts", CASES.values(), ids=CASES)
def test_the_numpy_lines_make_the_same_output(texts) -> None:
    settings = read_settings(texts)
    scope: dict = {}
    exec(numpy_lines(settings, input_of(settings, PICTURE)), scope)
    output = np.moveaxis(scope["output"], 2, 0)
    np.testing.assert_allclose(output, expected(settings), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("texts", CASES.values(), ids=CASES)
def test_the_pytorch_lines_make_the_same_output(texts) -> None:
    settings = read_settings(texts)
    scope: dict = {}
    exec(torch_lines(settings, input_of(settings, PICTURE)), scope)
    output = scope["output"].permute(2, 0, 1).numpy()
    np.testing.assert_allclose(output, expected(settings), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("texts", CASES.values(), ids=CASES)
def test_both_print_the_grid_of_the_page_digit_by_digit(texts, capsys) -> None:
    defaults = {key: one.default for key, one in SETTINGS.items()}
    on = situation({**defaults, **texts}, sample("mandrill"))
    shown = [text.replace("−", "-") for grid in on.scene.outputs for text in grid.texts]
    for program in programs(on):
        exec(program.code, {})
        printed = re.findall(r"-?\d+\.?\d*", capsys.readouterr().out)
        np.testing.assert_allclose(list(map(float, printed)), list(map(float, shown)), rtol=1e-6)
