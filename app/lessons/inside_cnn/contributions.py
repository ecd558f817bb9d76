"""What the inputs of a dense layer add to one of its units, on the maps that they come from."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from app.drawing.numbers import number_text
from app.lessons.inside_cnn.unit_steps import closed_text

if TYPE_CHECKING:
    from cnn_core.layers import Layer
    from cnn_core.networks import Trace


def contributions_to(trace: "Trace", step: "Layer", channel: int) -> tuple[str, np.ndarray]:
    """Find the maps below a dense layer, and what each of their places adds, float64 (C, H, W).

    A map of which the layer reads only the mean adds at each place that place's share of the mean.
    """
    from cnn_core.networks import logit_contributions

    contributions, source = logit_contributions(trace, step.name, channel), _maps_below(trace, step)
    if trace.network.layer(source).kind != "global_pool":
        return source, contributions
    weights, source = trace.network.weights(step.name), trace.network.layer(source).inputs[0]
    assert weights is not None
    maps = trace[source].astype(np.float64)
    return source, maps * weights[channel][:, None, None] / maps[0].size


def products_of(
    trace: "Trace", step: "Layer", channel: int, inputs: np.ndarray
) -> Mapping[int, str]:
    """Write some products of a dense unit: an input, or the mean of a map, times its weight."""
    is_mean = trace.network.layer(_maps_below(trace, step)).kind == "global_pool"
    word = "mean\u00a0" if is_mean else ""
    weights, values = trace.network.weights(step.name), trace[step.inputs[0]][:, 0, 0]
    assert weights is not None
    return {
        int(at): f"{word}{number_text(float(values[at]), digits=3)}"
        f"\u00a0× {closed_text(float(weights[channel, at]), digits=3)} "
        for at in inputs
    }


def _maps_below(trace: "Trace", step: "Layer") -> str:
    """Find the maps that were flattened into a dense layer's input, or that input itself."""
    below = trace.network.layer(step.inputs[0])
    while below.kind == "dropout":
        below = trace.network.layer(below.inputs[0])
    return below.inputs[0] if below.kind == "flatten" else below.name
