"""What the lessons' cards on the start page share: their size, the middle of a picture."""

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from app.drawing.colors import ink_on

SIDE = 256
"""Pixels of a card, both ways."""
_PAPER, _PALE = 250, 0.3
"""The gray of paper, and how much of a picture is left on it."""


def middle_square(pixels: np.ndarray, side: int = SIDE) -> np.ndarray:
    """Return the middle square of a picture, uint8 (H, W, 3), resized to `side`.

    >>> middle_square(np.zeros((3, 400, 3), np.uint8)).shape
    (256, 256, 3)
    """
    height, width = pixels.shape[:2]
    short = min(height, width)
    top, left = (height - short) // 2, (width - short) // 2
    square = pixels[top : top + short, left : left + short]
    how = cv2.INTER_AREA if short > side else cv2.INTER_NEAREST
    return np.asarray(cv2.resize(square, (side, side), interpolation=how))


def on_paper(pixels: np.ndarray) -> np.ndarray:
    """Return the middle square of a picture, pale enough to draw on, uint8 (SIDE, SIDE, 3)."""
    pale = _PAPER + (middle_square(pixels) - np.float32(_PAPER)) * _PALE
    return pale.round().astype(np.uint8)


def numbered_cells(values: np.ndarray) -> np.ndarray:
    """Draw gray values, uint8 (n, n), as a square of cells with their numbers on them."""
    count = len(values)
    edges = np.linspace(0, SIDE, count + 1).round().astype(int)
    card = Image.new("RGB", (SIDE, SIDE))
    draw = ImageDraw.Draw(card)
    font = ImageFont.load_default(SIDE / count * 0.4)
    for row, line in enumerate(values.tolist()):
        for column, value in enumerate(line):
            left, top, right, bottom = edges[[column, row, column + 1, row + 1]].tolist()
            draw.rectangle((left, top, right - 1, bottom - 1), fill=(value, value, value))
            center = ((left + right) / 2, (top + bottom) / 2)
            ink = ink_on(value, value, value)
            draw.text(center, str(value), fill=ink, font=font, anchor="mm")
    return np.asarray(card)
