"""What is written below the controls about the size of the response."""

import numpy as np
import pytest

from app.lessons.kernel_lab.sizes import size_lines
from cnn_core.feature_map import LayerSettings

PIXELS = np.zeros((10, 11, 3), np.uint8)


@pytest.mark.parametrize(
    ("side", "stride", "notes"),
    [
        (3, 1, []),
        (2, 2, ["The last column of the picture is in no window."]),
        (
            4,
            4,
            [
                "The last 2 rows of the picture are in no window.",
                "The last 3 columns of the picture are in no window.",
            ],
        ),
        (
            1,
            3,
            [
                "6 of the 10 rows of the picture are in no window.",
                "7 of the 11 columns of the picture are in no window.",
            ],
        ),
    ],
)
def test_what_no_window_reads_is_named(side: int, stride: int, notes: list[str]) -> None:
    layer = LayerSettings(weights=np.ones((side, side)), stride=stride, padding="valid")
    lines = size_lines(PIXELS, layer)
    assert [line for line in lines if "window" in line] == [f":small[{note}]" for note in notes]
