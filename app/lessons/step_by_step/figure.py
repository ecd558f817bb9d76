"""A slide as pictures to take away: an animated GIF, and a strip of its stops as PNG."""

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from app.lessons.step_by_step.figure_layout import (
    GAP,
    LINE,
    MARGIN,
    TEXT,
    layout_of,
    sum_lines,
)
from app.lessons.step_by_step.figure_text import draw_text
from app.lessons.step_by_step.scene.grids import scale_table
from app.lessons.step_by_step.scene.parts import Grid, Scene

MOST_FRAMES = 120
STRIP_FRAMES = 12
_STRIP_ACROSS = 4
_LAST_MS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inks:
    """Colors of a theme, RGB."""

    paper: tuple[int, int, int]
    ink: tuple[int, int, int]
    quiet: tuple[int, int, int]
    accent: tuple[int, int, int]


_LIGHT = _Inks(
    paper=(255, 255, 255),
    ink=(22, 32, 44),
    quiet=(150, 158, 168),
    accent=(224, 0, 122),
)
_DARK = _Inks(
    paper=(15, 19, 25),
    ink=(238, 242, 247),
    quiet=(110, 120, 132),
    accent=(255, 79, 168),
)


def slide_gif(scene: Scene, *, dark: bool) -> bytes:
    """Draw the slide as an animated GIF: a frame for each stop, at most 120 evenly spread."""
    frames = [draw_stop(scene, step, dark=dark) for step in sample(len(scene.steps), MOST_FRAMES)]
    # One palette for all, from the frame that shows everything, or colors would flicker.
    palette = frames[-1].quantize(255)
    indexed = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    each = 800 if len(frames) <= 16 else 250
    file = io.BytesIO()
    indexed[0].save(
        file,
        "GIF",
        save_all=True,
        append_images=indexed[1:],
        duration=[each] * (len(frames) - 1) + [_LAST_MS],
        loop=0,
    )
    return file.getvalue()


def slide_strip(scene: Scene, *, dark: bool) -> bytes:
    """Draw up to 12 stops of the slide side by side, as PNG."""
    frames = [draw_stop(scene, step, dark=dark) for step in sample(len(scene.steps), STRIP_FRAMES)]
    across = min(_STRIP_ACROSS, len(frames))
    down = -(-len(frames) // across)
    width, height = frames[0].size
    sheet = Image.new("RGB", (across * width, down * height), _inks(dark).paper)
    for index, frame in enumerate(frames):
        sheet.paste(frame, ((index % across) * width, (index // across) * height))
    file = io.BytesIO()
    sheet.save(file, "PNG", optimize=True)
    return file.getvalue()


def sample(count: int, most: int) -> list[int]:
    """Pick up to `most` of `count` stops, evenly, the first and the last among them.

    >>> sample(5, 3)
    [0, 2, 4]
    """
    if count <= most:
        return list(range(count))
    return [int(at) for at in np.linspace(0, count - 1, most).round()]


def draw_stop(scene: Scene, step: int, *, dark: bool) -> Image.Image:
    """Draw one stop: the window framed, outputs up to it, the sum below; RGB."""
    inks = _inks(dark)
    layout = layout_of(scene)
    picture = Image.new("RGB", layout.size, inks.paper)
    pen = ImageDraw.Draw(picture)
    row, column = divmod(step, scene.shape[1])
    rows, columns = scene.input_indices[0][row], scene.input_indices[1][column]
    window = (rows[0], columns[0], rows[-1], columns[-1])
    for grid, corner in zip(scene.inputs, layout.inputs, strict=True):
        _draw_grid(pen, grid, corner, layout.cell, inks, frame=window)
    # Along a line the kernel is drawn below its window and moves with it.
    moved = columns[0] * (layout.cell + GAP) if scene.mode == "line" else 0
    for grid, (left, top) in zip(scene.kernels, layout.kernels, strict=True):
        corner = (left + moved, top)
        _draw_grid(
            pen, grid, corner, layout.cell, inks, frame=(0, 0, grid.rows - 1, grid.columns - 1)
        )
    for grid, corner in zip(scene.outputs, layout.outputs, strict=True):
        place = (row, column, row, column)
        _draw_grid(pen, grid, corner, layout.cell, inks, frame=place, upto=step)
    for text, at in layout.signs:
        draw_text(pen, at, text, fill=inks.ink, size=24, centered=True)
    for index, line in enumerate(sum_lines(scene, step, layout.size[0] - 2 * MARGIN)):
        at = (MARGIN, layout.below + index * LINE)
        draw_text(pen, at, line, fill=inks.ink, size=TEXT)
    return picture


def _draw_grid(
    pen: ImageDraw.ImageDraw,
    grid: Grid,
    corner: tuple[int, int],
    cell: int,
    inks: _Inks,
    *,
    frame: tuple[int, int, int, int],
    upto: int | None = None,
) -> None:
    """Draw a grid at a corner (x, y), with a frame around (top, left, bottom, right)."""
    colors = scale_table(grid.scale)
    pitch = cell + GAP
    for index, (text, color) in enumerate(zip(grid.texts, grid.colors, strict=True)):
        row, column = divmod(index, grid.columns)
        x, y = corner[0] + column * pitch, corner[1] + row * pitch
        box = (x, y, x + cell - 1, y + cell - 1)
        hidden = upto is not None and index > upto
        if hidden or _is_padding(grid, row, column):
            pen.rectangle(box, outline=inks.quiet)
            fill = inks.quiet
        else:
            red, green, blue = (int(part) for part in colors[color])
            pen.rectangle(box, fill=(red, green, blue), outline=inks.quiet)
            bright = red * 0.299 + green * 0.587 + blue * 0.114 > 140
            fill = (16, 21, 28) if bright else (255, 255, 255)
        size = min(int(cell * 0.42), int(cell * 1.7 / max(1, len(text))))
        if size >= 8 and not hidden:
            middle = (x + cell / 2, y + cell / 2)
            draw_text(pen, middle, text, fill=fill, size=size, centered=True)
    top, left, bottom, right = frame
    pen.rectangle(
        (
            corner[0] + left * pitch - 3,
            corner[1] + top * pitch - 3,
            corner[0] + right * pitch + cell + 2,
            corner[1] + bottom * pitch + cell + 2,
        ),
        outline=inks.accent,
        width=3,
    )


def _is_padding(grid: Grid, row: int, column: int) -> bool:
    return not (
        grid.before[0] <= row < grid.rows - grid.after[0]
        and grid.before[1] <= column < grid.columns - grid.after[1]
    )


def _inks(dark: bool) -> _Inks:
    return _DARK if dark else _LIGHT
