"""What the page sends of the view Unroll: the picture, the vector, a neuron, a kernel's unit."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.caching import MIB, cached
from app.drawing.colors import css_gradient, extremes, nice_limit, signed
from app.drawing.encode import encode_png
from app.drawing.frame import Blob
from app.drawing.legend import scale_ends
from app.drawing.number_cells import number_cells
from app.drawing.numbers import number_text
from app.lessons.dense_layer.first_layers import first_layers, neuron_outputs, unit_outputs
from app.lessons.dense_layer.input_choice import garment_header
from app.lessons.dense_layer.settings import GRIDS
from app.lessons.dense_layer.situation import DenseLayerSituation
from app.networks.view_words import view_words
from cnn_core.networks.models.fashion import PREPARATION
from cnn_core.unrolling import neighbor_distances

_MOST = 255
_SHADES = np.linspace(60, 235, 12).round().astype(np.uint8)
"""Grays of the lecture's twelve cells, so that each can be followed by its color."""


def unroll_frame(on: DenseLayerSituation) -> tuple[dict[str, Any], list[Blob]]:
    """Describe the view: a header and its blobs."""
    rows, columns = on.grid.shape
    header = {
        "grids": [{"key": key, "name": name} for key, name in GRIDS.items()],
        "grid": on.settings.grid,
        "rows": rows,
        "columns": columns,
        "values": on.grid.reshape(-1).tolist(),
        "lecture": on.is_lecture,
        "pixel": list(on.pixel),
        "neighbors": [
            {
                "down": one.down,
                "right": one.right,
                "distance": one.distance,
                "formula": one.formula,
            }
            for one in neighbor_distances(columns)
        ],
        "caption": _caption(on),
        "garment": garment_header(on.settings) if on.settings.grid == "garment" else None,
        "units": None,
    }
    if on.is_lecture:
        return header, [_gray_blob(_SHADES.reshape(rows, columns))]
    learned = _learned_blobs()
    header["units"] = {
        **_learned_header(),
        "neuron": on.settings.neuron,
        "kernel": on.settings.kernel,
        "outputs": [number_text(value, digits=3) for value in neuron_outputs(on.grid).tolist()],
        "maps": [
            [number_text(value, digits=3) for value in unit_outputs(on.grid, at).ravel().tolist()]
            for at in range(len(first_layers().kernels))
        ],
    }
    return header, [_gray_blob(on.grid), *learned]


def _caption(on: DenseLayerSituation) -> str:
    if on.is_lecture:
        return "The lecture's example. Each cell shows its place in the vector."
    if on.settings.grid == "garment":
        return "A garment of Fashion-MNIST: 28 × 28 gray pixels."
    return view_words(PREPARATION, on.picture.pixels.shape).replace(
        "The input of the network is", "This is"
    )


def _gray_blob(values: np.ndarray) -> Blob:
    picture = np.repeat(values.astype(np.uint8)[..., None], 3, axis=2)
    return Blob(name="grid", type="image/png", data=encode_png(picture))


@cached(max_bytes=MIB)
def _learned_blobs() -> list[Blob]:
    """Pack the weights of all neurons: below each other in colors, and their sizes."""
    weights = first_layers().neurons
    limit = nice_limit(weights)
    # OpenCV colors rows of a matrix; a neuron's 784 weights are 28 rows of the sheet.
    sheet = signed(weights.reshape(-1, PREPARATION.size[1]), limit=limit).picture
    sizes = np.rint(_MOST * np.minimum(np.abs(weights) / limit, 1)).astype(np.uint8)
    return [
        Blob(name="neurons", type="image/png", data=encode_png(sheet)),
        Blob(name="sizes", type="application/octet-stream", data=sizes.tobytes()),
    ]


@cached(max_bytes=MIB)
def _learned_header() -> Mapping[str, Any]:
    """Describe the weights: the legend of the neurons', the kernels as cells with numbers."""
    layers = first_layers()
    limit = nice_limit(layers.neurons)
    ends = scale_ends("signed", limit, bounds=extremes(layers.neurons))
    strongest = nice_limit(layers.kernels)
    return {
        "neurons": len(layers.neurons),
        "legend": {
            "low": ends.low,
            "middle": ends.middle,
            "high": ends.high,
            "gradient": css_gradient("signed"),
        },
        "kernels": [
            number_cells(
                [number_text(value, digits=2) for value in kernel.ravel().tolist()],
                signed(kernel, limit=strongest).picture,
            )
            for kernel in layers.kernels
        ],
    }
