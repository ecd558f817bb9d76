"""What to notice in the examples, each only while the numbers of the example are there."""

import numpy as np

from app.guide.claims import Claim
from app.lessons.step_by_step.examples import EXAMPLES
from app.lessons.step_by_step.operands import COLORS, EDGE, box_on
from app.lessons.step_by_step.situation import StepByStepSituation, output_of


def shows_example(on: StepByStepSituation, key: str) -> bool:
    """Tell whether an example is on the screen, unchanged."""
    return on.shows(EXAMPLES[key].changes)


def _is_edge(on: StepByStepSituation) -> bool:
    steps = np.sign(np.diff(np.array(EDGE), axis=1))
    found = output_of(on.settings, on.cells)[:, :, 0]
    for column in range(found.shape[1]):
        change = steps[:, column : column + 2].sum(axis=1)[1:-1]  # inside the 3 x 3 window
        if not np.array_equal(found[:, column], 800 * change):
            return False
    return True


def _is_red_left_of_blue(on: StepByStepSituation) -> bool:
    found = output_of(on.settings, on.cells)[:, :, 0]
    colors = np.array(COLORS)
    left, right = colors[:, :-1], colors[:, 1:]
    pairs = (left[:, :, 0] > 0) & (right[:, :, 2] > 0)  # red is a part of yellow, too
    wanted = pairs[:-1] & pairs[1:]
    return bool(np.array_equal(found > 0, wanted)) and (found[0, 1], found[2, 1]) == (18, 9)


def _edge(on: StepByStepSituation) -> str:
    low, high = on.output.argmin(), on.output.argmax()
    texts = on.scene.outputs[0].texts
    return (
        f"Where the input changes from dark (20) to bright (220), the output is **{texts[high]}**. "
        f"Where it changes from bright to dark, it is **{texts[low]}**. Elsewhere it is **0**."
    )


def _colors(on: StepByStepSituation) -> str:
    grid = on.scene.outputs[0]
    first, last = (grid.texts[row * grid.columns + 1] for row in (0, grid.rows - 1))
    return (
        f"The output is above 0 only where red is on the left and blue on the right: **{first}**. "
        "Yellow is red and green. The green weights are negative, so with yellow on the left it is "
        f"only **{last}**."
    )


def _patch(on: StepByStepSituation) -> str:
    shape = on.picture.pixels.shape
    block = box_on(on.settings, shape).block
    pixels = "one pixel" if block == 1 else f"{block} × {block} pixels"
    mean = "" if block == 1 else "mean "
    colors = ("red", "green", "blue")[: on.channels]
    cell = f"Each cell is the {mean}gray value of {pixels}."
    if on.channels > 1:
        named = f"{', '.join(colors[:-1])} and {colors[-1]}"
        cell = f"Each cell has the {mean}{named} values of {pixels}."
    if _covers_all(on):
        return f"The input is the whole picture. {cell}"
    return f"The input is a part of the picture. {cell} Drag the box to choose another part."


def _covers_all(on: StepByStepSituation) -> bool:
    shape = on.picture.pixels.shape
    block = box_on(on.settings, shape).block
    return shape[:2] == tuple(length * block for length in on.cells.shape[:2])


def _is_patch(on: StepByStepSituation) -> bool:
    pixels = on.picture.pixels.astype(float)
    box = box_on(on.settings, pixels.shape)
    height, width, channels = on.cells.shape
    top = min(box.row, pixels.shape[0] - height * box.block)
    left = min(box.column, pixels.shape[1] - width * box.block)
    source = np.rint(pixels @ [0.299, 0.587, 0.114])[:, :, None] if channels == 1 else pixels
    for row, column in ((0, 0), (height - 1, width - 1)):
        down, across = top + row * box.block, left + column * box.block
        part = source[down : down + box.block, across : across + box.block, :channels]
        if not np.abs(part.mean(axis=(0, 1)) - on.cells[row, column]).max() <= 1:
            return False
    covered = height * width * box.block**2
    return ("whole picture" in _patch(on)) is bool(covered == pixels[:, :, 0].size)


def _drawn(on: StepByStepSituation) -> str:
    height, width, channels = on.cells.shape
    each = f" in each of {channels} channels" if channels > 1 else ""
    return f"The input has {height} × {width} numbers{each}. Select one and type another."


EXAMPLE_CLAIMS: tuple[Claim[StepByStepSituation], ...] = (
    Claim(
        key="edge",
        applies=lambda on: shows_example(on, "edge"),
        sentence=_edge,
        check=_is_edge,
    ),
    Claim(
        key="colors",
        applies=lambda on: shows_example(on, "colors"),
        sentence=_colors,
        check=_is_red_left_of_blue,
    ),
    Claim(
        key="patch",
        applies=lambda on: on.settings.source == "patch" and not on.is_line,
        sentence=_patch,
        check=_is_patch,
    ),
    Claim(
        key="drawn",
        applies=lambda on: on.settings.source == "drawn" and not on.is_line,
        sentence=_drawn,
        check=lambda on: len(on.scene.inputs) == on.channels,
    ),
)
