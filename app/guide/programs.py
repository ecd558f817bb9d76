"""Programs that print what the page shows: complete, to be copied and run as they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.session.picture import MAX_SIDE, MIN_SIDE, Picture
from cnn_core.images.changes import MiddleKept
from cnn_core.samples import SAMPLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A Python program that a reader can copy.

    Attributes:
        title: what it is written with: "NumPy", "PyTorch", "cnn_core".
        code: the whole of it, imports included; it prints numbers that are on the page.
        prints: computes those numbers, in the order in which they are printed; a test compares.
    """

    title: str
    code: str
    prints: Callable[[], np.ndarray]


def picture_lines(picture: Picture, variable: str = "image") -> tuple[list[str], list[str]]:
    """Write how a program gets the picture in use: the lines of imports, and the lines after them.

    A sample is loaded by its name; for a picture of the reader's own it is the file's name, which
    has to lie beside the program.
    """
    for key, sample in SAMPLES.items():
        if not picture.file and sample.name == picture.name:
            lines = [f'{variable} = load_sample("{key}")  # uint8 (H, W, 3)']
            return ["from cnn_core.samples import load_sample"], lines
    file = (picture.file or "picture.png").replace("\\", "\\\\").replace('"', '\\"')
    larger = "" if picture.max_side == MAX_SIDE else f", max_side={picture.max_side}"
    if any(isinstance(change, MiddleKept) for change in picture.changes):
        loading = f'load_image_with_changes("{file}"{larger}, min_side={MIN_SIDE}).pixels'
        return ["from cnn_core.images import load_image_with_changes"], [
            f"{variable} = {loading}  # uint8 (H, W, 3)"
        ]
    lines = [f'{variable} = load_image("{file}"{larger})  # uint8 (H, W, 3)']
    return ["from cnn_core.images import load_image"], lines


def program_text(*blocks: Sequence[str]) -> str:
    """Join blocks of lines, an empty line between them; empty blocks are left out."""
    return "\n\n".join("\n".join(block) for block in blocks if block)
