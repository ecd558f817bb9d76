"""A walk as pictures to take away: an animated GIF, and a strip of its stops as PNG."""

import io
from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from app.lessons.step_by_step.grids import scale_table
from app.lessons.step_by_step.scene import Grid, Scene

MOST_FRAMES = 120
STRIP_FRAMES = 12
_STRIP_ACROSS = 4
_GAP, _MARGIN, _SIGN, _LINE = 2, 18, 34, 24
_LARGEST_CELL, _SMALLEST_CELL, _ROOM = 48, 20, 720
_LAST_MS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inks:
    """Colors of a theme, RGB."""

    paper: tuple[int, int, int]
    ink: tuple[int, int, int]
    quiet: tuple[int, int, int]
    accent: tuple[int, int, int]
    signed: str


_LIGHT = _Inks(
    paper=(255, 255, 255),
    ink=(22, 32, 44),
    quiet=(150, 158, 168),
    accent=(224, 0, 122),
    signed="signed_light",
)
_DARK = _Inks(
    paper=(15, 19, 25),
    ink=(238, 242, 247),
    quiet=(110, 120, 132),
    accent=(255, 79, 168),
    signed="signed_dark",
)


def walk_gif(scene: Scene, *, dark: bool) -> bytes:
    """Draw the walk as an animated GIF: a frame for each stop, at most 120 evenly spread."""
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


def walk_strip(scene: Scene, *, dark: bool) -> bytes:
    """Draw up to 12 stops of the walk side by side, as PNG."""
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
    plan = _plan(scene)
    picture = Image.new("RGB", plan.size, inks.paper)
    pen = ImageDraw.Draw(picture)
    row, column = divmod(step, scene.shape[1])
    rows, columns = scene.taps[0][row], scene.taps[1][column]
    window = (rows[0], columns[0], rows[-1], columns[-1])
    for grid, corner in zip(scene.inputs, plan.inputs, strict=True):
        _draw_grid(pen, grid, corner, plan.cell, inks, frame=window)
    # Along a line the kernel walks with its window; over a picture it stands beside it.
    moved = columns[0] * (plan.cell + _GAP) if scene.mode == "line" else 0
    for grid, (left, top) in zip(scene.kernels, plan.kernels, strict=True):
        corner = (left + moved, top)
        _draw_grid(
            pen, grid, corner, plan.cell, inks, frame=(0, 0, grid.rows - 1, grid.columns - 1)
        )
    for grid, corner in zip(scene.outputs, plan.outputs, strict=True):
        place = (row, column, row, column)
        _draw_grid(pen, grid, corner, plan.cell, inks, frame=place, upto=step)
    for text, at in plan.signs:
        pen.text(at, text, fill=inks.ink, font=_font(24), anchor="mm")
    for index, line in enumerate(_lines(scene, step, plan.size[0] - 2 * _MARGIN)):
        at = (_MARGIN, plan.below + index * _LINE)
        pen.text(at, line, fill=inks.ink, font=_font(17))
    return picture


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """Where everything stands, in pixels."""

    size: tuple[int, int]
    cell: int
    inputs: list[tuple[int, int]]
    kernels: list[tuple[int, int]]
    outputs: list[tuple[int, int]]
    signs: list[tuple[str, tuple[int, int]]]
    below: int


def _plan(scene: Scene) -> _Plan:
    """Lay out a row for each channel, input then kernel, outputs at the right; stack a line."""
    stacked = scene.mode == "line"
    first, output = scene.inputs[0], scene.outputs[0]
    kernel = scene.kernels[0] if scene.kernels else None
    across = [first.columns, *([kernel.columns] if kernel else []), output.columns]
    count = max(across) if stacked else sum(across)
    cell = int(np.clip(_ROOM // count, _SMALLEST_CELL, _LARGEST_CELL))

    def span(cells: int) -> int:
        return cells * (cell + _GAP) - _GAP

    signs: list[tuple[str, tuple[int, int]]] = []
    if stacked:
        rows = [(_MARGIN, _MARGIN + at * (cell + _MARGIN)) for at in range(3)]
        width, bottom = span(count), rows[2][1] + cell
        inputs, kernels, outputs = [rows[0]], [rows[1]], [rows[2]]
    else:
        band = max(span(first.rows), span(kernel.rows) if kernel else 0) + _MARGIN
        tops = [_MARGIN + at * band for at in range(len(scene.inputs))]
        bottom = tops[-1] + band - _MARGIN
        inputs = [(_MARGIN, top) for top in tops]
        left = _MARGIN + span(first.columns) + _SIGN
        kernels = []
        if kernel:
            kernels = [(left, top + (band - _MARGIN - span(kernel.rows)) // 2) for top in tops]
            signs += [("x", (left - _SIGN // 2, top + (band - _MARGIN) // 2)) for top in tops]
            left += span(kernel.columns) + _SIGN
        middle = (_MARGIN + bottom) // 2
        tall = span(output.rows)
        outputs = (
            [(left, middle - tall // 2)]
            if kernel
            else [(left, top + (band - _MARGIN - tall) // 2) for top in tops]
        )
        signs.append(("=" if kernel else ">", (left - _SIGN // 2, middle)))
        width = left - _MARGIN + span(output.columns)
    width = max(width, 300)
    most = max(len(_lines(scene, step, width)) for step in (0, len(scene.steps) // 2))
    below = bottom + _MARGIN
    return _Plan(
        size=(width + 2 * _MARGIN, below + (most + 1) * _LINE),
        cell=cell,
        inputs=inputs,
        kernels=kernels,
        outputs=outputs,
        signs=signs,
        below=below,
    )


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
    colors = scale_table(inks.signed if grid.scale == "signed" else grid.scale)
    pitch = cell + _GAP
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
            pen.text(middle, _plain(text), fill=fill, font=_font(size), anchor="mm")
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


def _lines(scene: Scene, step: int, width: int) -> list[str]:
    """Write the sum in lines that fit `width` pixels, at most six; long sums by channel only."""
    one = scene.steps[step]
    result = ", ".join(one.results)
    if scene.mode == "max":
        kept = [", ".join(filter(None, terms.split("\t"))) for terms in one.terms]
        pairs = zip(kept, one.results, strict=True)
        text = "; ".join(f"largest of {cells} = {largest}" for cells, largest in pairs)
    elif scene.mode == "average":
        pairs = zip(one.sums, one.results, strict=True)
        text = "; ".join(f"{total} / {one.counted} = {mean}" for total, mean in pairs)
    else:
        terms = [text for part in one.terms for text in part.split("\t")]
        parts = terms if len(terms) <= 27 else list(one.sums)
        if scene.bias != "0":
            parts = [*parts, one.bias]
        text = " + ".join(parts).replace("+ −", "− ") + f" = {one.totals[0]}"
        if scene.activation:
            text += f" -> {scene.activation} -> {result}"
    lines = [""]
    for word in _plain(text).split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if _font(17).getlength(longer) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines[:6]


def _plain(text: str) -> str:
    """Replace what the built-in font cannot draw."""
    return text.replace("−", "-").replace("×", "x").replace("→", "->")


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _inks(dark: bool) -> _Inks:
    return _DARK if dark else _LIGHT
