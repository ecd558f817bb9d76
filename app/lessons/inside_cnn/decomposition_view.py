"""How a map is computed: input maps, kernel slices, partial maps, their sum, and what follows."""

from typing import TYPE_CHECKING, Any

import numpy as np

from app.drawing.encode import encode_png
from app.drawing.frame import Blob
from app.drawing.numbers import number_text, plain_text
from app.drawing.tiles import tiled
from app.lessons.inside_cnn.contributions import contributions_to, products_of
from app.lessons.inside_cnn.map_sheet import (
    ColorScale,
    color_scale_for,
    colorize,
    rounded_scale,
    sheet_blob,
    stat_text,
)
from app.lessons.inside_cnn.network_plan import chain_of, layer_words
from app.lessons.inside_cnn.unit_steps import closed_text
from app.lessons.inside_cnn.unit_view import grid_view
from app.networks.dead_maps import dead_in
from app.networks.layer_names import layer_title

if TYPE_CHECKING:
    from cnn_core.layers import Layer
    from cnn_core.networks import Trace

MOST_ROWS = 24


def decomposition_view(
    trace: "Trace", layer: str, channel: int, *, scope: str
) -> tuple[dict[str, Any], list[Blob]]:
    """Describe how map `channel` of `layer` comes about, and draw the maps it takes.

    Raises:
        CnnCoreError: if there is no such layer or map.
    """
    trace.unit(layer, channel)
    by_name = {one.name: one for one in trace.network.layers}
    last = by_name[layer]
    chain = [by_name[name] for name in chain_of(last, by_name)]
    blobs: list[Blob] = []
    header: dict[str, Any] = {
        "layer": layer,
        "channel": channel,
        "words": layer_words(last, by_name),
        "stages": [],
        "rows": [],
        "rest": "",
    }
    first = chain[0]
    if first.kind == "conv":
        _add_parts(trace, first, channel, header, blobs)
    elif first.kind == "dense":
        _add_contributions(trace, first, channel, header, blobs)
    else:
        _add_sources(trace, first, channel, header, blobs, scope=scope)
    for step in chain:
        _add_stage(trace, step, channel, header, blobs, scope=scope)
    return header, blobs


def _add_parts(
    trace: "Trace",
    step: "Layer",
    channel: int,
    header: dict[str, Any],
    blobs: list[Blob],
) -> None:
    """Input maps, kernel slices and partial maps, those that vary the sum most first."""
    from cnn_core.networks.partial_maps import partial_maps

    parts = partial_maps(trace, step.name, channel)
    order = np.argsort(-parts.strengths, kind="stable")[:MOST_ROWS]
    weight_scale = ColorScale(
        scale="signed", limits=np.array([float(np.abs(parts.weights).max()) or 1.0])
    )
    partial_scale = rounded_scale("signed", parts.partials[order])
    strongest = float(parts.strengths[order[0]]) or 1.0
    _add_maps(trace, parts.source, parts.inputs[order], header, blobs)
    _add_partials(parts.partials[order], partial_scale, header, blobs)
    header["rows"] = [
        {
            "channel": int(parts.channels[at]),
            "kernel": grid_view(parts.weights[at], weight_scale),
            "strength": float(parts.strengths[at]) / strongest,
            "strength_text": "changes the sum by "
            f"{number_text(float(parts.strengths[at]), digits=3)} on average",
        }
        for at in order
    ]
    left = len(parts.channels) - len(order)
    if left:
        header["rest"] = f"and {left:,} more with a smaller effect"
    count = len(parts.channels)
    header["sum_text"] = (
        f"{count:,} partial maps added" if count > 1 else "one map: nothing to add"
    ) + (f", plus the bias {number_text(parts.bias)}" if step.bias else "")


def _add_contributions(
    trace: "Trace",
    step: "Layer",
    channel: int,
    header: dict[str, Any],
    blobs: list[Blob],
) -> None:
    """Which cell of which map raises this unit's value, and which lowers it."""
    from cnn_core.networks import explain_unit

    source, contributions = contributions_to(trace, step, channel)
    totals, inputs = contributions.sum(axis=(1, 2)), trace[step.inputs[0]].size
    order = np.argsort(-np.abs(totals), kind="stable")[:MOST_ROWS]
    color_scale = ColorScale(
        scale="signed", limits=np.array([float(np.abs(contributions).max()) or 1.0])
    )
    _add_maps(trace, source, trace[source][order], header, blobs)
    _add_partials(contributions[order].astype(np.float32), color_scale, header, blobs)
    strongest = float(np.abs(totals).max()) or 1.0
    products = products_of(trace, step, channel, order) if len(totals) == inputs else {}
    header["rows"] = [
        {
            "channel": int(at),
            "strength": float(abs(totals[at])) / strongest,
            "strength_text": f"{products.get(int(at), '')}"
            f"{'lowers' if totals[at] < 0 else 'raises'} the score by "
            f"{number_text(float(abs(totals[at])), digits=3)}",
        }
        for at in order
    ]
    left = len(totals) - len(order)
    header["rest"] = f"and {left:,} more with a smaller effect" if left else ""
    places = contributions.sum(axis=0)[None].astype(np.float32)
    if places.size > 1:
        limit = float(np.abs(places).max()) or 1.0
        scale = ColorScale(scale="signed", limits=np.array([limit]))
        blobs.append(
            Blob(
                name="places",
                type="image/png",
                data=encode_png(tiled(colorize(places, scale), 1)),
            )
        )
        header["places"] = {
            "height": places.shape[1],
            "width": places.shape[2],
            "legend": scale.texts,
        }
    bias = explain_unit(trace, step.name, channel).bias
    header["sum_text"] = (
        f"positive products {number_text(float(contributions[contributions > 0].sum()))}, "
        f"negative {number_text(float(contributions[contributions < 0].sum()))}, "
        f"bias {number_text(bias)}: "
        f"sum {number_text(float(trace[step.name][channel, 0, 0]))}"
    )


def _add_maps(
    trace: "Trace",
    source: str,
    maps: np.ndarray,
    header: dict[str, Any],
    blobs: list[Blob],
) -> None:
    """Draw the maps that are read, on the scale of their layer."""
    color_scale = color_scale_for(trace, source, maps, "layer")
    blob, layout = sheet_blob("inputs", np.ascontiguousarray(maps), color_scale)
    blobs.append(blob)
    header["inputs"] = {**layout, "legend": color_scale.texts, "scale": color_scale.scale}
    header["source"] = source


def _add_partials(
    maps: np.ndarray,
    color_scale: ColorScale,
    header: dict[str, Any],
    blobs: list[Blob],
) -> None:
    """Draw what each of those maps adds to the result."""
    blob, layout = sheet_blob("partials", maps, color_scale)
    blobs.append(blob)
    header["partials"] = {**layout, "legend": color_scale.texts, "scale": color_scale.scale}


def _add_sources(
    trace: "Trace",
    step: "Layer",
    channel: int,
    header: dict[str, Any],
    blobs: list[Blob],
    *,
    scope: str,
) -> None:
    """The map, or two maps, that pooling, adding or dropout reads."""
    if step.kind in ("input", "flatten", "softmax"):
        return
    for number, name in enumerate(step.inputs):
        maps = np.ascontiguousarray(trace[name][channel : channel + 1])
        color_scale = color_scale_for(trace, name, maps, scope)
        blob, layout = sheet_blob(f"source{number}", maps, color_scale)
        blobs.append(blob)
        header["stages"].append(
            {
                **layout,
                "blob": f"source{number}",
                "layer": name,
                "title": layer_title(trace.network.layer(name)),
                "text": "input",
                "scale": color_scale.scale,
                "legend": color_scale.texts,
            }
        )


def _add_stage(
    trace: "Trace",
    step: "Layer",
    channel: int,
    header: dict[str, Any],
    blobs: list[Blob],
    *,
    scope: str,
) -> None:
    maps = np.ascontiguousarray(trace[step.name][channel : channel + 1])
    color_scale = color_scale_for(trace, step.name, maps, scope)
    blob, layout = sheet_blob(step.name, maps, color_scale)
    blobs.append(blob)
    by_name = {one.name: one for one in trace.network.layers}
    low, high, zero = float(maps.min()), float(maps.max()), float((maps == 0).mean())
    dead = bool(dead_in(trace.network.name, step)[channel])
    header["stages"].append(
        {
            **layout,
            "blob": step.name,
            "layer": step.name,
            "title": layer_words(step, by_name),
            "text": _stage_text(trace, step, channel),
            "stat": stat_text(low, high, zero, single=maps.size == 1, dead=dead),
            "scale": color_scale.scale,
            "legend": color_scale.texts,
        }
    )


def _stage_text(trace: "Trace", step: "Layer", channel: int) -> str:
    """The numbers of one stage, as far as the whole map shares them."""
    if step.kind == "batch_norm":
        part = trace.network.module.parts[step.name]
        mean, variance, gamma, beta = (
            float(values[channel])  # type: ignore[index]
            for values in (part.running_mean, part.running_var, part.weight, part.bias)
        )
        return (
            f"(x − {closed_text(mean)}) / "
            f"√({number_text(variance, digits=3)} + {plain_text(step.epsilon)}) × "
            f"{closed_text(gamma)} + {closed_text(beta)}"
        )
    if step.kind == "activation":
        return "min(6, max(0, x))" if step.function == "relu6" else "max(0, x)"
    if step.kind == "max_pool":
        return "the largest value of each window"
    if step.kind == "add":
        return "both maps added, cell by cell"
    return ""
