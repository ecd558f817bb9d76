"""What to notice where a picture is unrolled into a vector.

The receptive field of a ganglion cell is the small area of the retina where light changes what the
cell sends. Sources: Hartline, 1938, "The response of single optic nerve fibers of the vertebrate
eye to illumination of the retina", American Journal of Physiology 121, 400-415; Kuffler, 1953,
"Discharge patterns and functional organization of mammalian retina", Journal of Neurophysiology 16,
37-68.
"""

import numpy as np

from app.drawing.numbers import number_text
from app.guide.claims import Claim
from app.lessons.dense_layer.first_layers import first_layers, neuron_outputs, unit_outputs
from app.lessons.dense_layer.settings import CNN, DENSE
from app.lessons.dense_layer.situation import DenseLayerSituation as On
from cnn_core.unrolling import unroll

_NEAR = 1e-4
_CLEARLY = 1.25
"""So many times as different must pixels far apart be before the page calls neighbors similar."""


def _is_unroll(on: On) -> bool:
    return on.view == "unroll"


def _has_units(on: On) -> bool:
    return _is_unroll(on) and not on.is_lecture


def _places(on: On) -> str:
    rows, columns = on.grid.shape
    count = rows * columns
    return (
        f"The picture has {rows} rows of {columns} pixels. As a vector it has {rows} × {columns} = "
        f"**{count}** numbers, row after row: places 0 to {count - 1}."
    )


def _is_places(on: On) -> bool:
    return f"**{unroll(on.grid).shape[0]}**" in _places(on)


def _place(on: On) -> str:
    row, column = on.pixel
    columns = on.grid.shape[1]
    return (
        f"Row {row}, column {column} goes to place {row} · {columns} + {column} = "
        f"**{row * columns + column}**. Rows, columns and places are counted from 0."
    )


def _is_place(on: On) -> bool:
    marked = np.zeros(on.grid.shape, bool)
    marked[on.pixel] = True
    return f"**{int(np.flatnonzero(marked)[0])}**" in _place(on)


def _apart(on: On) -> str:
    columns = on.grid.shape[1]
    return (
        f"Only the neighbors left and right stay beside a pixel. Those above and below are **W = "
        f"{columns}** places away, the diagonal ones W − 1 = {columns - 1} or W + 1 = "
        f"{columns + 1}, where W is the width of the picture."
    )


def _is_apart(on: On) -> bool:
    numbered = np.arange(on.grid.size).reshape(on.grid.shape)
    middle = numbered[1, 1]
    around = np.abs(numbered[:3, :3] - middle)
    columns = on.grid.shape[1]
    return bool(
        set(around[[0, 2]].ravel().tolist()) == {columns - 1, columns, columns + 1}
        and set(around[1].tolist()) == {0, 1}
        and f"**W = {columns}**" in _apart(on)
    )


def _wrap(on: On) -> str:
    columns = on.grid.shape[1]
    return (
        f"Places {columns - 1} and {columns} are side by side in the vector. In the picture they "
        "are the right end of the first row and the left end of the second one."
    )


def _is_wrap(on: On) -> bool:
    columns = on.grid.shape[1]
    numbered = np.arange(on.grid.size).reshape(on.grid.shape)
    return bool(numbered[0, -1] == columns - 1 and numbered[1, 0] == columns)


def _neighbor_difference(on: On) -> float:
    """Mean absolute difference of pixels that are neighbors in a row or in a column."""
    gray = on.grid.astype(float)
    down, across = np.abs(np.diff(gray, axis=0)), np.abs(np.diff(gray, axis=1))
    return float((down.sum() + across.sum()) / (down.size + across.size))


def _any_difference(on: On) -> float:
    """Mean absolute difference of any two pixels, from their order (Gini's mean difference)."""
    values = np.sort(on.grid.astype(float), axis=None)
    count = values.size
    weights = 2 * np.arange(count) - count + 1
    return float(2 * (weights * values).sum() / (count * (count - 1)))


def _is_similar(on: On) -> bool:
    return _has_units(on) and _any_difference(on) > _CLEARLY * _neighbor_difference(on) > 0


def _similar(on: On) -> str:
    near, far = _neighbor_difference(on), _any_difference(on)
    return (
        "**Neighbors are similar.** In this picture the gray values of two neighbors, side by side "
        "or one above the other, differ by "
        f"**{number_text(near, digits=3)}** on average, those of any two pixels by "
        f"**{number_text(far, digits=3)}**. The vector no longer shows which pixels are neighbors."
    )


def _is_truly_similar(on: On) -> bool:
    gray = on.grid.astype(float)
    flat = gray.ravel()
    pairs = np.abs(flat[:, None] - flat[None])
    far = pairs.sum() / (flat.size * (flat.size - 1))
    rows, columns = gray.shape
    near = [
        abs(gray[row, column] - gray[other])
        for row in range(rows)
        for column in range(columns)
        for other in ((row + 1, column), (row, column + 1))
        if other[0] < rows and other[1] < columns
    ]
    said = _similar(on)
    return all(
        f"**{number_text(float(value), digits=3)}**" in said for value in (np.mean(near), far)
    )


def _neuron(on: On) -> str:
    at = on.settings.neuron
    output = number_text(float(neuron_outputs(on.grid)[at]), digits=3)
    return (
        f"**A neuron of a dense layer reads every pixel.** Neuron {at} has 784 weights and a bias; "
        f"for this picture it outputs **{output}**, before ReLU. Its sum does not depend on which "
        "pixels are neighbors."
    )


def _is_neuron(on: On) -> bool:
    from cnn_core.networks import load, trace

    found = trace(load(DENSE), on.grid.astype(np.uint8))["dense1"][on.settings.neuron, 0, 0]
    mine = float(neuron_outputs(on.grid)[on.settings.neuron])
    return abs(float(found) - mine) < _NEAR * max(1.0, abs(mine))


def _unit(on: On) -> str:
    row, column = on.pixel
    output = number_text(float(unit_outputs(on.grid, on.settings.kernel)[row, column]), digits=3)
    return (
        "**A unit of a 3 × 3 convolution reads 9 pixels.** The unit at this pixel outputs "
        f"**{output}** with kernel {on.settings.kernel}. The units at all 784 pixels share these "
        "9 weights."
    )


def _is_unit(on: On) -> bool:
    from cnn_core.networks import load, trace

    row, column = on.pixel
    found = trace(load(CNN), on.grid.astype(np.uint8))["conv1a"]
    mine = float(unit_outputs(on.grid, on.settings.kernel)[row, column])
    is_same = abs(float(found[on.settings.kernel, row, column]) - mine) < _NEAR
    return is_same and first_layers().kernels[on.settings.kernel].size == 9


def _retina(on: On) -> str:
    return (
        "The pixels that a unit reads are its **receptive field**. The term comes from biology: a "
        "**ganglion cell in the retina** reacts only to light in a small area. Here no pixel "
        "outside the 3 × 3 around the chosen one changes the output of the unit."
    )


def _is_local(on: On) -> bool:
    row, column = on.pixel
    noise = np.random.default_rng(0).integers(0, 256, on.grid.shape, dtype=np.uint8)
    window = slice(max(row - 1, 0), row + 2), slice(max(column - 1, 0), column + 2)
    noise[window] = on.grid[window]
    before, after = (
        float(unit_outputs(shown, on.settings.kernel)[row, column]) for shown in (on.grid, noise)
    )
    return abs(before - after) < _NEAR


UNROLL_CLAIMS: tuple[Claim[On], ...] = (
    Claim(key="places", applies=_is_unroll, sentence=_places, check=_is_places),
    Claim(key="place", applies=_is_unroll, sentence=_place, check=_is_place),
    Claim(key="apart", applies=_is_unroll, sentence=_apart, check=_is_apart),
    Claim(key="wrap", applies=_is_unroll, sentence=_wrap, check=_is_wrap),
    Claim(key="similar", applies=_is_similar, sentence=_similar, check=_is_truly_similar),
    Claim(key="neuron", applies=_has_units, sentence=_neuron, check=_is_neuron),
    Claim(key="unit", applies=_has_units, sentence=_unit, check=_is_unit),
    Claim(key="retina", applies=_has_units, sentence=_retina, check=_is_local),
)
