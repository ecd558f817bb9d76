"""A patch and what is sent back to it, drawn: alone, and nine of a map in a square."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import cv2
import numpy as np

from app.caching import MIB, cached
from app.drawing.colors import nice_limit, signed
from app.drawing.legend import ALL_ZERO
from app.drawing.numbers import number_text
from app.lessons.look_at.dossier_drawing import Card, card, window_of
from app.lessons.look_at.gathered_pictures import GatheredPictures, View
from cnn_core import networks
from cnn_core.networks.attribution.unit_methods import unit_method

if TYPE_CHECKING:
    from cnn_core.networks.visualization.patches import PeakPlace

_LARGEST_PX = 112
"""A patch is kept with so many pixels a side at most: it is shown small."""
_CELL_PX = 64
_GAP_PX = 3
_GAP_GRAY = 205
_ACROSS = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SentPatch:
    """A patch, and what was sent back to its pixels.

    Attributes:
        pixels: the patch, uint8 (h, w) or (h, w, 3).
        sent: what was sent back, in colors around gray: uint8 of the same height and width.
        ends: where their color scale ends, as text.
        total: all values that were sent back, added up, in the patch and outside.
        difference: what the exact values of integrated gradients add up to; None for others.
    """

    pixels: np.ndarray = field(repr=False)
    sent: np.ndarray = field(repr=False)
    ends: str
    total: float
    difference: float | None


@cached(max_bytes=24 * MIB)
def sent_patch(
    network: str, layer: str, channel: int, row: int, column: int, method: str, view: View
) -> SentPatch:
    """Send one unit back to the pixels of a picture, and cut out where it came from.

    `method` is the one that is chosen for where the deconvnet does not depend on the picture.
    """
    from cnn_core.networks.attribution.input_gradients import difference_from_baseline
    from cnn_core.networks.attribution.targets import Target
    from cnn_core.networks.tracing import trace_of_input

    loaded = networks.load(network)
    target = Target(layer=layer, channel=channel, row=row, column=column)
    used, trace = unit_method(loaded.layers, layer, method), trace_of_input(loaded, view.pixels)
    values = used.compute(trace, target)
    integrated = used.key == "integrated_gradients"
    sent = np.ascontiguousarray(values.transpose(1, 2, 0))
    window = window_of(loaded, layer, channel, (row, column), sent)
    drawn, ends = colored(sent[window])
    return SentPatch(
        pixels=_reduced(view.pixels[window]),
        sent=_reduced(drawn),
        ends=ends,
        total=float(sent.sum(dtype=np.float64)),
        difference=difference_from_baseline(trace, target) if integrated else None,
    )


def colored(sent: np.ndarray) -> tuple[np.ndarray, str]:
    """Color what was sent back, float32 (h, w, C), gray being zero; say where the scale ends."""
    sent = np.ascontiguousarray(sent)
    limit = nice_limit(sent)
    picture = signed(sent, limit=limit).picture
    ends = f"±{number_text(limit)}" if sent.any() else ALL_ZERO
    return picture[..., 0] if picture.shape[2] == 1 else picture, ends


def patch_cards(patch: SentPatch, *, name: str, value: float) -> tuple[Card, Card]:
    """Return a patch and what was sent back to it as two pictures, the line below the first."""
    text = number_text(value, digits=3)
    return (
        card(patch.pixels, line=f"{text} {name}", alt=f"Patch of {name}, value {text}"),
        card(patch.sent, line=patch.ends, alt=f"Sent back to this patch, {patch.ends}; gray is 0"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """The strongest patches of a map in a square, and what is sent back to them in another."""

    patches: Card
    sent: Card


@cached(max_bytes=12 * MIB)
def map_tile(
    network: str,
    layer: str,
    channel: int,
    method: str,
    pictures: GatheredPictures,
    _patches: Sequence[SentPatch] = (),
    _places: "Sequence[PeakPlace]" = (),
) -> Tile:
    """Lay the strongest patches of a map out, 3 by 3, the strongest first in reading order."""
    count = len(_patches)
    span = " to ".join(number_text(one.value, digits=3) for one in (_places[0], _places[-1]))
    return Tile(
        patches=card(
            _square([one.pixels for one in _patches]),
            line=span,
            alt=f"Map {channel}: its {count} strongest patches, values {span}",
        ),
        sent=card(
            _square([one.sent for one in _patches]),
            line="",
            alt=f"Map {channel}: what is sent back to each of them; gray is 0",
        ),
    )


def _square(pictures: Sequence[np.ndarray]) -> np.ndarray:
    """Put pictures of any size and shape into equal cells, uint8 (side, side, 3)."""
    side = _ACROSS * (_CELL_PX + _GAP_PX) - _GAP_PX
    square = np.full((side, side, 3), _GAP_GRAY, np.uint8)
    for at, picture in enumerate(pictures):
        top, left = (place * (_CELL_PX + _GAP_PX) for place in divmod(at, _ACROSS))
        height, width = picture.shape[:2]
        zoom = _CELL_PX / max(height, width)
        size = (max(1, round(width * zoom)), max(1, round(height * zoom)))
        how = cv2.INTER_AREA if zoom < 1 else cv2.INTER_NEAREST
        cell = np.asarray(cv2.resize(picture, size, interpolation=how))
        if cell.ndim == 2:
            cell = np.repeat(cell[..., None], 3, axis=2)
        top, left = top + (_CELL_PX - size[1]) // 2, left + (_CELL_PX - size[0]) // 2
        square[top : top + size[1], left : left + size[0]] = cell
    return square


def _reduced(picture: np.ndarray) -> np.ndarray:
    """Return a picture with at most `_LARGEST_PX` a side."""
    side = max(picture.shape[:2])
    if side <= _LARGEST_PX:
        return np.ascontiguousarray(picture)
    height, width = (max(1, round(one * _LARGEST_PX / side)) for one in picture.shape[:2])
    return np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA))
