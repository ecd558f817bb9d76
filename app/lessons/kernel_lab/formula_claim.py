"""What to notice in the Kernel lab: the operation as a formula, Z = X ⊛ W."""

import numpy as np

from app.drawing.convolution_formula import (
    Channels,
    convolution_formula,
    formula_markdown,
    formula_value,
    summed_over,
)
from app.drawing.numbers import shape_text
from app.guide.claims import Claim, always
from app.lessons.kernel_lab.situation import KernelLabSituation

_CHANNELS: dict[str, Channels] = {"depthwise": "each", "sum": "added", "gray": "one"}
_OUTSIDE = {
    "zeros": "Outside the picture, X is 0.",
    "reflect": "Outside the picture, X is mirrored.",
    "replicate": "Outside the picture, X repeats its edge.",
    "circular": "Outside the picture, X goes on from the opposite edge.",
}
_PAD_MODES = {"zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}


def _formula(on: KernelLabSituation) -> str:
    layer = on.layer
    return convolution_formula(
        layer.windows, channels=_CHANNELS[layer.combine], bias=layer.bias, flip=layer.flip
    )


def _has_padding(on: KernelLabSituation) -> bool:
    return any(axis.before or axis.after for axis in on.layer.windows)


def _sentence(on: KernelLabSituation) -> str:
    layer, shape = on.layer, on.picture.pixels.shape
    size, names = shape, "height × width × depth"
    if layer.combine == "gray":
        size, names = shape[:2], "height × width"
    over = summed_over(layer.windows, channels=_CHANNELS[layer.combine], depth=on.maps_added)
    lead = "**Z = X ∗ W**, with the kernel W turned by 180°" if layer.flip else "**Z = X ⊛ W**"
    sentences = [
        f"{lead}: the picture X ({names}: {shape_text(size)}) and the kernel W give the feature "
        f"map Z, the response. {formula_markdown(_formula(on))}"
        + (f", added for {over}." if over else "."),
        _OUTSIDE[layer.border] if _has_padding(on) else "",
        ""
        if layer.flip
        else "CNNs call ⊛ convolution; in signal processing it is the cross-correlation.",
    ]
    return " ".join(filter(None, sentences))


def _is_formula(on: KernelLabSituation) -> bool:
    source, response, layer = on.source, on.response, on.layer
    axes = layer.windows
    pads = [(axis.before, axis.after) for axis in axes]
    padded = np.pad(
        source.astype(np.float64),
        [*pads, (0, 0)][: source.ndim],
        mode=_PAD_MODES[layer.border],  # type: ignore[call-overload]
    )
    rows, columns = response.shape[:2]
    scale = 255 * on.facts.absolute * on.maps_added + abs(layer.bias)
    for place in ((0, 0), (rows - 1, columns - 1), (rows // 2, columns // 3)):
        for channel in range(response.shape[2]) if response.ndim == 3 else [None]:
            at = place if channel is None else (*place, channel)
            value = formula_value(
                _formula(on),
                at,
                axes=axes,
                depth=on.maps_added,
                pixel=lambda index: float(
                    padded[(index[0] + pads[0][0], index[1] + pads[1][0], *index[2:])]
                ),
                weights=layer.weights,
            )
            if abs(value - float(response[at])) > 1e-5 * scale + 5e-4 * abs(layer.bias) + 1e-30:
                return False
    return formula_markdown(_formula(on)) in _sentence(on)


FORMULA_CLAIM: Claim[KernelLabSituation] = Claim(
    key="formula", applies=always, sentence=_sentence, check=_is_formula
)
