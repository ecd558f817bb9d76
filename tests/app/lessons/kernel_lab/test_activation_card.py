"""The curve beside the menu is the function's own."""

import re
from html import escape

import numpy as np
import pytest

from app.lessons.kernel_lab.activation_card import SPAN, activation_card, curve_svg
from cnn_core.activations import ACTIVATIONS


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_the_curve_rises_and_falls_with_the_function(key: str) -> None:
    card = activation_card(key, dark=False)
    points = re.search(r'points="([^"]+)"', curve_svg(key, ink="#000"))
    assert points
    drawn = np.array([pair.split(",") for pair in points[1].split()], float)
    outputs = ACTIVATIONS[key](np.linspace(-SPAN, SPAN, len(drawn), dtype=np.float32))
    # Down on the screen is up in numbers; a straight line maps one to the other, to a tenth.
    heights = -drawn[:, 1]
    slope, start = np.polyfit(outputs, heights, 1)
    assert slope > 0
    np.testing.assert_allclose(slope * outputs + start, heights, atol=0.2)
    assert escape(ACTIVATIONS[key].formula) in card
    assert escape(ACTIVATIONS[key].note) in card
