"""The grids of a scene: the text and the color of each cell."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from app.drawing.colors import DIVERGING, nice_limit, table
from app.drawing.legend import scale_ends
from app.lessons.step_by_step.scene.labels import CHANNEL_NAMES, channel_name
from app.lessons.step_by_step.scene.parts import Grid
from app.lessons.step_by_step.scene.rounding import cell_text
from app.lessons.step_by_step.settings import LINE_LIMIT, StepByStepSettings
from cnn_core.convolution.slide import PoolSlide, Slide
from cnn_core.convolution.slide_places import unread
from cnn_core.images import tint

Taps: TypeAlias = tuple[tuple[int, ...], ...]

_PIXELS = ("patch", "edge")


def input_grids(
    settings: StepByStepSettings, cells: np.ndarray, stops: Slide | PoolSlide, *, filler: str
) -> tuple[Grid, ...]:
    """Print the input of each channel with the padding around it."""
    pads = (
        (stops.vertical.before, stops.vertical.after),
        (stops.horizontal.before, stops.horizontal.after),
    )
    channels = cells.shape[2]
    lonely = np.pad(
        unread((cells.shape[0], cells.shape[1]), stops.vertical, stops.horizontal), pads
    )
    grids = []
    for channel in range(channels):
        plane = cells[:, :, channel]
        texts = np.array([cell_text(value) for value in plane.ravel().tolist()], dtype=object)
        padded = np.pad(texts.reshape(plane.shape), pads, constant_values=filler)
        tint = CHANNEL_NAMES[channel] if channels > 1 else "gray"
        grids.append(
            make_grid(
                channel_name(channel, channels, "signal" if settings.mode == "line" else "input"),
                np.pad(plane, pads),
                padded.ravel().tolist(),
                scale="signed" if cells.min() < 0 or settings.mode == "line" else tint,
                limit=input_limit(settings, cells),
                before=(pads[0][0], pads[1][0]),
                after=(pads[0][1], pads[1][1]),
                unread=tuple(np.flatnonzero(lonely).tolist()),
            )
        )
    return tuple(grids)


def input_limit(settings: StepByStepSettings, cells: np.ndarray) -> float:
    """Give pixels the scale of pixels, and small numbers one on which they differ."""
    if settings.mode == "line":
        return LINE_LIMIT
    if settings.source in _PIXELS:
        return 255.0
    return nice_limit(cells, at_least=1.0)


def make_grid(
    name: str,
    values: np.ndarray,
    texts: Sequence[str],
    *,
    scale: str,
    limit: float,
    letters: tuple[str, ...] = (),
    before: tuple[int, int] = (0, 0),
    after: tuple[int, int] = (0, 0),
    unread: tuple[int, ...] = (),
) -> Grid:
    """Color values (rows, columns) on a scale that ends at `limit`; `texts` stand in the cells."""
    signed = scale == "signed"
    ends = scale_ends(
        "signed" if signed else "activation", limit, bounds=None if values.any() else (0.0, 0.0)
    )
    index = 128 + values * 127 / limit if signed else values * 255 / limit
    return Grid(
        name=name,
        rows=values.shape[0],
        columns=values.shape[1],
        texts=tuple(texts),
        values=tuple(float(value) for value in values.ravel()),
        colors=tuple(np.clip(np.rint(index), 0, 255).astype(int).ravel().tolist()),
        scale=scale,
        legend=ends.beside,
        limit=limit,
        before=before,
        after=after,
        letters=letters,
        unread=unread,
    )


def taps_of(
    stops: Slide | PoolSlide,
) -> tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]:
    """Count the cells under each output in the grid with its padding, axis by axis."""
    first = [step[0] if isinstance(step, tuple) else step for step in stops.steps]
    rows = [
        first[row * stops.shape[1]].rows + stops.vertical.before for row in range(stops.shape[0])
    ]
    columns = [first[column].columns + stops.horizontal.before for column in range(stops.shape[1])]
    return tuple(tuple(one.tolist()) for one in rows), tuple(tuple(one.tolist()) for one in columns)


def weight_letters(shape: tuple[int, ...], *, flip: bool) -> tuple[tuple[str, ...], ...]:
    """Name weights (kh, kw, C) in the order of the unturned kernel, slice by slice.

    >>> weight_letters((1, 2, 1), flip=True)
    (('w2', 'w1'),)
    """
    size = shape[0] * shape[1]
    names = [
        [f"w{channel * size + index + 1}" for index in range(size)] for channel in range(shape[2])
    ]
    return tuple(tuple(reversed(one)) if flip else tuple(one) for one in names)


def scale_table(scale: str) -> np.ndarray:
    """Return the 256 colors of a scale, uint8 (256, 3).

    >>> scale_table("red")[255].tolist()
    [255, 0, 0]
    """
    if scale == "signed":
        return table(DIVERGING)
    if scale == "activation":
        return table("cividis")
    ramp = np.arange(256, dtype=np.uint8)
    if scale == "gray":
        return np.repeat(ramp[:, None], 3, axis=1)
    return np.asarray(tint(ramp[None], scale)[0])
