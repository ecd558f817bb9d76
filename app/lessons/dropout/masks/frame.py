"""A drawn network and maps under one mask, as a frame: the page and the live channel send it."""

import zlib
from functools import cache
from typing import Any

import numpy as np

from app.caching import MIB, cached
from app.drawing import colors
from app.drawing.encode import encode_png
from app.drawing.frame import Blob
from app.drawing.numbers import counted, percent_text
from app.lessons.dropout.controls import bar, keep_slider, menu, pytorch_text
from app.lessons.dropout.fixed_text import two_places
from app.lessons.dropout.masks.maps import KEYS
from app.lessons.dropout.masks.settings import MODES, SHARES
from app.lessons.dropout.masks.sheet import map_ends, palette, sheet
from app.lessons.dropout.masks.situation import MasksSituation
from app.lessons.dropout.masks.sum_lines import sum_lines
from app.lessons.dropout.shared_settings import CONVENTIONS
from cnn_core.dropout_network import SIZES, drawn_network, spans
from cnn_core.images import grayscale, resize

TITLES = ("Brightness", "Hidden, ReLU", "Hidden, ReLU", "Output")
QUARTER = 24
"""Pixels of a side of a quarter, as it is shown beside its neuron."""
_UNTRAINED = "The weights are random."
_LIGHT = 0.4
"""Where on the scale of signed values a color is light, and still has its sign's color."""
_WIDEST = 2.6
"""CSS pixels of the line of the largest weight, as a multiple of a thin line."""


def masks_frame(on: MasksSituation) -> tuple[dict[str, Any], list[Blob]]:
    """Describe the view; the picture of the maps comes as a blob."""
    settings = on.settings
    maps = on.dropped_maps
    levels = sheet(maps.values, maps.mask, ends_of(on.digest, on.maps))
    blobs = [
        Blob(name="sheet", type="application/octet-stream", data=levels.tobytes()),
        Blob(name="palette", type="application/octet-stream", data=palette().tobytes()),
    ]
    parts = quarters_png(on.digest, on.pixels)
    blobs.append(Blob(name="quarters", type="image/png", data=parts))
    header = {
        "kind": "drop_masks",
        "bars": [bar("drop_mode", "Mode", MODES, "train" if settings.training else "eval")],
        "controls": [
            keep_slider("drop_keep", settings.keep),
            menu("drop_convention", "Scale", CONVENTIONS, settings.convention),
            menu("drop_maps", "Maps", SHARES, "map" if settings.whole_maps else "element"),
        ],
        "layers": _layers(on),
        "wires": _wires(),
        # A browser that has painted these quarters need not do it again.
        "quarters": zlib.crc32(parts),
        "neuron": list(settings.neuron),
        "size": [levels.shape[1], levels.shape[0]],
        "lines": sum_lines(on),
        "mask": settings.mask,
        "summary": summary(on),
        "sheet_words": sheet_words(on),
        "alt": f"{len(KEYS)} maps of the picture; {sheet_words(on)}",
        "gradient": colors.css_gradient("activation"),
    }
    return header, blobs


@cached(max_bytes=MIB)
def ends_of(digest: str, _maps: np.ndarray) -> np.ndarray:
    """Return where the color scales of a picture's maps end, which stays while one drags."""
    return map_ends(_maps)


@cached(max_bytes=MIB)
def quarters_png(digest: str, _pixels: np.ndarray) -> bytes:
    """Encode the quarters of a picture, which stay while one drags."""
    return encode_png(quarters(_pixels))


def quarters(pixels: np.ndarray) -> np.ndarray:
    """Draw the quarters of a picture, uint8 (H, W, 3), one below the other: (4 * S, S) in gray."""
    gray = grayscale(pixels)
    parts = [
        resize(np.ascontiguousarray(gray[down, across]), height=QUARTER, width=QUARTER)
        for down in spans(gray.shape[0], 2)
        for across in spans(gray.shape[1], 2)
    ]
    return np.concatenate(parts)


def _layers(on: MasksSituation) -> list[dict[str, Any]]:
    """Describe the neurons of each layer: text, colors, whether it is dropped."""
    values = [on.inputs, *(one.dropped.values for one in on.outputs)]
    present = [np.ones(SIZES[0], bool), *(one.dropped.mask for one in on.outputs)]
    # One scale, whatever p is: values that are scaled up are seen to be brighter.
    whole = [one.activated for one in on.outputs_with(training=False)]
    limit = colors.nice_limit(np.concatenate([on.inputs, *whole]))
    layers = []
    for at, (numbers, mask) in enumerate(zip(values, present, strict=True)):
        is_last = at == len(SIZES) - 1
        paint = colors.signed if is_last else colors.activation
        fills = paint(numbers[:, None], limit=limit).picture[:, 0]
        layers.append(
            {
                "title": TITLES[at],
                "nodes": [
                    {
                        "text": two_places(float(value)),
                        "fill": "rgb({} {} {})".format(*fill),
                        "ink": colors.ink_on(*map(int, fill)),
                        "dropped": not bool(is_present),
                    }
                    for value, fill, is_present in zip(numbers, fills, mask, strict=True)
                ],
            }
        )
    return layers


@cache
def _wires() -> list[list[list[dict[str, Any]]]]:
    """Describe the weights between each pair of layers: [to][from] with a color and a width."""
    layers = drawn_network()
    limit = max(float(np.abs(layer.weights).max()) for layer in layers)
    found = []
    for layer in layers:
        inks = colors.signed(layer.weights, limit=limit).picture
        light = colors.signed(np.sign(layer.weights) * _LIGHT, limit=1.0).picture
        found.append(
            [
                [
                    {
                        "ink": "rgb({} {} {})".format(*ink),
                        "ink_in_dark": "rgb({} {} {} / {:.0%})".format(
                            *light_ink, 0.25 + 0.75 * abs(float(weight)) / limit
                        ),
                        "width": round(0.5 + _WIDEST * abs(float(weight)) / limit, 2),
                    }
                    for weight, ink, light_ink in zip(row, *inks_of_row, strict=True)
                ]
                for row, *inks_of_row in zip(layer.weights, inks, light, strict=True)
            ]
        )
    return found


def summary(on: MasksSituation) -> str:
    """Say how many neurons are present, and what the same is in PyTorch."""
    keep = on.settings.keep
    if not on.settings.training:
        if on.settings.convention == "scale_at_eval":
            return f"Evaluation: all neurons are present; hidden ones × p = {keep:g}. {_UNTRAINED}"
        return f"Evaluation: all neurons are present, and nothing is scaled. {_UNTRAINED}"
    present, total = int(on.hidden.sum()), on.hidden.size
    return (
        f"Mask {on.settings.mask}: {present} of {counted(total, 'hidden neuron')} are present. "
        f"In PyTorch: {pytorch_text(keep)}, the share that is dropped. {_UNTRAINED}"
    )


def sheet_words(on: MasksSituation) -> str:
    """Say what is dropped of the maps."""
    mask = on.dropped_maps.mask
    if not on.settings.training:
        return "nothing is dropped."
    if on.settings.whole_maps:
        gone = int((~mask[:, 0, 0]).sum())
        return f"{gone} of {counted(len(mask), 'map')} are dropped."
    share = percent_text(float(1 - mask.mean()), least=1e-6)
    return f"{share} of {mask.size:,} values are dropped."
