"""The histogram as it is drawn at once: nothing cut off, a curve for each channel."""

import re

import numpy as np

from app.lessons.pictures.histogram import histogram_svg
from tests.app.opening import opened


def test_the_highest_count_is_at_the_top_and_nothing_is_above_it() -> None:
    counts = np.zeros((3, 256), np.int64)
    counts[0, 10], counts[1, 20], counts[2, 30] = 500, 250, 1
    svg = histogram_svg(counts, dark=False)
    curves = re.findall(r'points="([^"]+)"', svg)
    assert len(curves) == 3
    heights = [[float(pair.split(",")[1]) for pair in curve.split()] for curve in curves]
    base = heights[0][0]
    tops = [base - min(curve) for curve in heights]
    np.testing.assert_allclose(np.array(tops) / tops[0], (1, 0.5, 1 / 500), atol=0.002)
    assert ">500<" in svg
    assert ">250<" in svg


def test_the_chart_to_point_at_comes_when_it_is_asked_for() -> None:
    page = opened("pictures")
    assert not page.get("plotly_chart")
    page.toggle(key="pictures_pointed_at").set_value(True).run()
    assert not page.exception
    assert len(page.get("plotly_chart")) == 1
