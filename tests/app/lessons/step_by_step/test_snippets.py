"""The code beside a slide computes the same output."""

import numpy as np
import pytest

from app.lessons.step_by_step.operands import input_of
from app.lessons.step_by_step.settings import read_settings
from app.lessons.step_by_step.snippets import numpy_lines, torch_lines
from tests.app.lessons.step_by_step.cases import CASES, PICTURE, expected


@pytest.mark.parametrize("texts", CASES.values(), ids=CASES)
def test_the_numpy_lines_make_the_same_output(texts, capsys) -> None:
    settings = read_settings(texts)
    scope: dict = {}
    exec(numpy_lines(settings, input_of(settings, PICTURE)), scope)
    output = scope["output"] if settings.pools else scope["output"][:, :, None]
    np.testing.assert_allclose(np.moveaxis(output, 2, 0), expected(settings), rtol=1e-4, atol=1e-4)
    assert capsys.readouterr().out


@pytest.mark.parametrize("texts", CASES.values(), ids=CASES)
def test_the_pytorch_lines_make_the_same_output(texts) -> None:
    settings = read_settings(texts)
    scope: dict = {}
    exec(torch_lines(settings, input_of(settings, PICTURE)), scope)
    output = scope["output"].permute(2, 0, 1).numpy()
    np.testing.assert_allclose(output, expected(settings), rtol=1e-5, atol=1e-5)
