"""Many maps as one picture: colored in one go, laid out in rows, encoded once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from app.drawing import colors
from app.drawing.colors import Bounds, Scale
from app.drawing.encode import encode_jpeg, encode_png
from app.drawing.frame import Blob
from app.drawing.legend import scale_ends
from app.drawing.numbers import number_text, percent_text
from app.drawing.tiles import tiled
from app.lessons.inside_cnn.network_plan import highest_possible, scales_of
from app.networks.dead_maps import dead_in

if TYPE_CHECKING:
    from cnn_core.networks import Trace

_LOSSLESS_SIDE = 64  # larger maps are drawn smaller than they are, and need not be exact
_SAMPLES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class ColorScale:
    """How numbers become colors.

    Attributes:
        scale: "signed", "activation" or "photo".
        limits: the value at the end of the scale, one for each map or one for all.
        factor, offset: color = value * factor + offset, in steps of a 256-entry table, for "photo".
        bounds: the smallest and the largest value that is drawn, where they may lie beyond the
            ends; None where they do not.
    """

    scale: Scale
    limits: np.ndarray
    factor: float = 1.0
    offset: float = 0.0
    bounds: Bounds | None = None

    @property
    def texts(self) -> dict[str, str]:
        """What stands at the ends and in the middle of the legend."""
        if self.scale == "photo":
            return {"low": "0", "middle": "", "high": "255"}
        if self.limits.size > 1:
            return {
                "low": "lowest" if self.scale == "signed" else "0",
                "middle": "0" if self.scale == "signed" else "",
                "high": "highest of each map",
            }
        ends = scale_ends(self.scale, float(self.limits[0]), bounds=self.bounds)
        return dict(zip(("low", "middle", "high"), ends.beside, strict=True))


def color_scale_for(trace: "Trace", layer: str, maps: np.ndarray, scope: str) -> ColorScale:
    """Choose the scale of some maps of a layer; `scope` is "map", "layer" or "network".

    Zero keeps its color in every scope; only the value at the ends differs.
    """
    scales = scales_of(trace.network.layers)
    scale = scales[layer]
    if scale == "photo":
        preparation = trace.network.preparation
        return ColorScale(
            scale=scale,
            limits=np.ones(1),
            factor=preparation.scale,
            offset=preparation.offset,
        )
    if scope == "map":
        return ColorScale(scale=scale, limits=_map_limits(maps))
    most = highest_possible(trace.network.layers)
    if scope == "layer":
        return rounded_scale(scale, _flat(trace[layer]), most=most[layer])
    # One scale for all layers of its kind: it ends where the strongest of them does.
    alike = {name: trace[name] for name, other in scales.items() if other == scale}
    ends = [
        min(colors.nice_limit(_flat(one)[:: max(1, one.size // _SAMPLES)]), most[name])
        for name, one in alike.items()
    ]
    bounds = colors.extremes(_flat(trace[layer]))
    return ColorScale(scale=scale, limits=np.array([max(ends)]), bounds=bounds)


def rounded_scale(scale: Scale, values: np.ndarray, *, most: float = np.inf) -> ColorScale:
    """End a scale at a round number above most of some values, and at `most` at the latest."""
    limit = min(colors.nice_limit(values), most)
    return ColorScale(scale=scale, limits=np.array([limit]), bounds=colors.extremes(values))


def _map_limits(maps: np.ndarray) -> np.ndarray:
    largest = np.abs(maps.reshape(len(maps), -1)).max(axis=1)
    # A map of zeros keeps the color of zero, instead of having its dust enlarged.
    return np.where(largest > 1e-6, largest, 1.0)


def _flat(maps: np.ndarray) -> np.ndarray:
    """Lay maps out in one row, in the order they have in memory, without a copy."""
    return maps.transpose(1, 2, 0).reshape(-1)


def colorize(maps: np.ndarray, color_scale: ColorScale) -> np.ndarray:
    """Color maps, float (n, H, W): uint8 (n, H, W, 3)."""
    picture: np.ndarray = _table(color_scale.scale)[color_levels(maps, color_scale)]
    return picture


def color_levels(maps: np.ndarray, color_scale: ColorScale) -> np.ndarray:
    """Number the colors of maps, float (n, H, W): uint8 of the same shape, rows of a table."""
    steps = {
        "signed": (127.0 / color_scale.limits, float(colors.NEUTRAL)),
        "activation": (255.0 / color_scale.limits, 0.0),
        "photo": (np.array([color_scale.factor]), color_scale.offset),
    }
    factors, offset = steps[color_scale.scale]
    flat = np.ascontiguousarray(maps, np.float32).reshape(len(maps), -1)
    if factors.size > 1:
        flat, factor = flat * factors[:, None].astype(np.float32), 1.0
    else:
        factor = float(factors[0])
    # One pass that multiplies, rounds and saturates into bytes.
    index = cv2.addWeighted(flat, factor, flat, 0.0, offset, dtype=cv2.CV_8U)
    return np.asarray(index, np.uint8).reshape(maps.shape)


def _table(scale: str) -> np.ndarray:
    if scale == "photo":
        return np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
    return colors.table(colors.DIVERGING if scale == "signed" else "cividis")


def sheet_blob(name: str, maps: np.ndarray, color_scale: ColorScale) -> tuple[Blob, dict[str, Any]]:
    """Draw maps as one sheet; returns its bytes, and how it is laid out."""
    columns = max(1, int(np.ceil(np.sqrt(len(maps)))))
    picture = tiled(colorize(maps, color_scale), columns)
    height, width = maps.shape[1:]
    if max(height, width) > _LOSSLESS_SIDE:
        blob = Blob(name=name, type="image/jpeg", data=encode_jpeg(picture, preview=True))
    else:
        blob = Blob(name=name, type="image/png", data=encode_png(picture))
    layout = {"columns": columns, "height": height, "width": width, "count": len(maps)}
    return blob, layout


def layer_sheet(
    trace: "Trace", layer: str, channels: Sequence[int] | slice, *, scope: str
) -> tuple[Blob, dict[str, Any]]:
    """Draw some maps of a layer, with legend, ranges, and which of them are 0 throughout.

    Raises:
        CnnCoreError: if the network has no such layer.
    """
    maps = np.ascontiguousarray(trace[layer][channels])
    color_scale = color_scale_for(trace, layer, maps, scope)
    blob, layout = sheet_blob(layer, maps, color_scale)
    dead = dead_in(trace.network.name, trace.network.layer(layer))[channels]
    return blob, {**layout, **maps_view(layer, maps, color_scale, dead)}


def maps_view(
    layer: str, maps: np.ndarray, color_scale: ColorScale, dead: np.ndarray
) -> dict[str, Any]:
    """Describe some maps of a layer, float32 (n, H, W): legend, ranges, and which are 0 throughout.

    `dead`, bool (n,), tells which of them are 0 for every picture.
    """
    flat = maps.reshape(len(maps), -1)
    is_vector = flat.shape[1] == 1
    low, high = flat.min(axis=1), flat.max(axis=1)
    zero = (flat == 0).mean(axis=1)
    return {
        "name": layer,
        "scale": color_scale.scale,
        "legend": color_scale.texts,
        "stats": [
            stat_text(*numbers, single=is_vector, dead=never)
            for *numbers, never in zip(
                low.tolist(), high.tolist(), zero.tolist(), dead.tolist(), strict=True
            )
        ],
        "zero": [] if is_vector else np.flatnonzero(zero == 1).tolist(),
        "dead": [] if is_vector else np.flatnonzero(dead).tolist(),
    }


def stat_text(
    low: float, high: float, zero: float, *, single: bool = False, dead: bool = False
) -> str:
    """Write a map's range and its share of zeros; `dead`: it is 0 for every picture.

    >>> stat_text(0.0, 2.5, 0.25), stat_text(0.0, 0.0, 1.0)
    ('0 to 2.5 · 25.0 % of its units are 0', '0 everywhere for this picture')
    >>> stat_text(0.0, 0.0, 1.0, dead=True)
    'dead: 0 for every picture'
    """
    if dead:
        return "dead: 0 for every picture"
    if single:
        return number_text(low)
    if zero == 1:
        return "0 everywhere for this picture"
    text = f"{number_text(low, digits=3)} to {number_text(high, digits=3)}"
    return f"{text} · {percent_text(zero)} of its units are 0" if zero else text
