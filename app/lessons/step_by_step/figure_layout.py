"""Where everything is in an exported picture of a slide, and the lines of text below it."""

from dataclasses import dataclass

import numpy as np

from app.lessons.step_by_step.figure_text import text_width
from app.lessons.step_by_step.scene.parts import Scene

GAP, MARGIN, LINE, TEXT = 2, 18, 24, 17
_SIGN = 34
_LARGEST_CELL, _SMALLEST_CELL, _WIDTH = 48, 20, 720


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where everything is drawn, in pixels from the top left corner.

    Attributes:
        size: (width, height) of the picture.
        cell: side of a cell.
        inputs, kernels, outputs: the top left corner of each grid, (x, y).
        signs: what is written between grids, and the middle of each text.
        below: where the lines of text begin.
    """

    size: tuple[int, int]
    cell: int
    inputs: list[tuple[int, int]]
    kernels: list[tuple[int, int]]
    outputs: list[tuple[int, int]]
    signs: list[tuple[str, tuple[int, int]]]
    below: int


def layout_of(scene: Scene) -> Layout:
    """Lay out a row for each channel, input then kernel, outputs at the right; stack a line."""
    stacked = scene.mode == "line"
    first, output = scene.inputs[0], scene.outputs[0]
    kernel = scene.kernels[0] if scene.kernels else None
    across = [first.columns, *([kernel.columns] if kernel else []), output.columns]
    count = max(across) if stacked else sum(across)
    cell = int(np.clip(_WIDTH // count, _SMALLEST_CELL, _LARGEST_CELL))

    def span(cells: int) -> int:
        return cells * (cell + GAP) - GAP

    signs: list[tuple[str, tuple[int, int]]] = []
    if stacked:
        rows = [(MARGIN, MARGIN + at * (cell + MARGIN)) for at in range(3)]
        width, bottom = span(count), rows[2][1] + cell
        inputs, kernels, outputs = [rows[0]], [rows[1]], [rows[2]]
    else:
        band = max(span(first.rows), span(kernel.rows) if kernel else 0) + MARGIN
        tops = [MARGIN + at * band for at in range(len(scene.inputs))]
        bottom = tops[-1] + band - MARGIN
        inputs = [(MARGIN, top) for top in tops]
        left = MARGIN + span(first.columns) + _SIGN
        kernels = []
        if kernel:
            kernels = [(left, top + (band - MARGIN - span(kernel.rows)) // 2) for top in tops]
            column = left - _SIGN // 2
            signs += [(scene.sign, (column, top + (band - MARGIN) // 2)) for top in tops]
            signs += [("+", (column, top - MARGIN // 2)) for top in tops[1:]]
            left += span(kernel.columns) + _SIGN
        middle = (MARGIN + bottom) // 2
        tall = span(output.rows)
        outputs = (
            [(left, middle - tall // 2)]
            if kernel
            else [(left, top + (band - MARGIN - tall) // 2) for top in tops]
        )
        signs.append(("=" if kernel else "→", (left - _SIGN // 2, middle)))
        width = left - MARGIN + span(output.columns)
    width = max(width, 300)
    most = max(len(sum_lines(scene, step, width)) for step in (0, len(scene.steps) // 2))
    below = bottom + MARGIN
    return Layout(
        size=(width + 2 * MARGIN, below + (most + 1) * LINE),
        cell=cell,
        inputs=inputs,
        kernels=kernels,
        outputs=outputs,
        signs=signs,
        below=below,
    )


def sum_lines(scene: Scene, step: int, width: int) -> list[str]:
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
            text += f" → {scene.activation} → {result}"
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer, TEXT) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines[:6]
