"""Recomputes what the sentences of What does it look at? say, in other ways; only tests call it.

A covered picture is computed here from its pixels, by a run of the whole network, and a gradient
by torch alone.
"""

import numpy as np

from app.lessons.look_at.attributions import attribution
from app.lessons.look_at.situation import AttributionSituation
from app.networks.attribution_drawing import strength
from app.networks.traces import traced
from cnn_core.errors import CnnCoreError
from cnn_core.networks import Trace, trace
from cnn_core.networks.attribution.methods import METHODS

_GRAY = 127
_NEAR = 2e-3


def _trace(on: AttributionSituation) -> Trace:
    return traced(on.settings.network, on.shown)


def _covered(on: AttributionSituation, top: int, left: int, side: int) -> Trace:
    view = on.prediction.view.copy()
    view[top : top + side, left : left + side] = _GRAY
    return trace(on.network, view)


def _noise(on: AttributionSituation) -> Trace:
    view = np.random.default_rng(0).integers(0, 256, on.prediction.view.shape, np.uint8)
    return trace(on.network, view)


def _scale(on: AttributionSituation) -> float:
    return float(np.abs(_trace(on).logits).max())


def is_rank(on: AttributionSituation) -> bool:
    """Whether the probabilities are softmax of the logits, and the rank is by them."""
    logits = _trace(on).logits.astype(np.float64)
    powers = np.exp(logits - logits.max())
    better = int((on.scores > on.scores[on.number]).sum())
    ties = int((on.scores == on.scores[on.number]).sum())
    return (
        bool(np.allclose(powers / powers.sum(), on.scores, atol=1e-5))
        and better < on.rank <= better + ties
    )


def is_logit_difference(on: AttributionSituation, other: int, difference: float) -> bool:
    """Whether two logits differ by so much."""
    logits = _trace(on).logits.astype(np.float64)
    found = float(logits[on.number] - logits[other])
    return abs(found - difference) < 1e-4 * max(1, _scale(on))


def is_grid_of_last_maps(on: AttributionSituation) -> bool:
    """Whether Grad-CAM has this layer's cells."""
    from cnn_core.networks.attribution.class_activation import grad_cam

    found, maps = grad_cam(_trace(on), on.number), on.last_maps
    return (
        maps is not None
        and found.layer == maps.name
        and found.weighted_sum.shape == maps.shape[1:]
        and found.attribution.shape == on.size
    )


def has_no_maps(on: AttributionSituation) -> bool:
    """Whether Grad-CAM is refused, and the first weights are as many as the picture's numbers."""
    from cnn_core.networks.attribution.class_activation import grad_cam

    first = next(one.name for one in on.network.layers if one.kind == "dense")
    weights = on.network.weights(first)
    try:
        grad_cam(_trace(on), on.number)
    except CnnCoreError:
        return weights is not None and weights.shape[1] == _trace(on).input.size
    return False


def is_nowhere_positive(on: AttributionSituation) -> bool:
    """Whether no cell's weighted sum is above 0."""
    from cnn_core.networks.attribution.class_activation import grad_cam

    return float(grad_cam(_trace(on), on.number).weighted_sum.max()) <= 0


def starts(on: AttributionSituation) -> tuple[list[int], list[int]]:
    """List the first rows and the first columns of Occlusion's squares, one step at a time."""
    found = []
    for length in on.size:
        first = [0]
        while first[-1] + on.window.size < length:
            first.append(first[-1] + on.window.stride)
        found.append(first)
    return found[0], found[1]


def is_positions(on: AttributionSituation, counts: tuple[int, int]) -> bool:
    """Whether the squares are so many, and the map changes only where one begins or ends."""
    found, drop = starts(on), on.attribution("occlusion")
    if drop is None:
        return False
    rows, columns = (
        sorted({edge for at in one for edge in (at, at + on.window.size)}) for one in found
    )
    changes = (np.diff(drop, axis=axis) for axis in (0, 1))
    down, across = (np.flatnonzero(one.any(axis=1 - axis)) + 1 for axis, one in enumerate(changes))
    only_there = set(down.tolist()) <= set(rows) and set(across.tolist()) <= set(columns)
    return only_there and counts == (len(found[0]), len(found[1]))


def is_mean_drop(on: AttributionSituation, place: tuple[int, int]) -> bool:
    """Whether covering a place changes the logit by Occlusion's value there, on average."""
    whole, side = float(_trace(on).logits[on.number]), on.window.size
    falls = [
        whole - float(_covered(on, top, left, side).logits[on.number])
        for top in starts(on)[0]
        for left in starts(on)[1]
        if top <= place[0] < top + side and left <= place[1] < left + side
    ]
    shown = on.attribution("occlusion")
    return shown is not None and abs(np.mean(falls) - shown[place]) < 1e-4 * max(1, _scale(on))


def is_covered_probability(on: AttributionSituation) -> bool:
    """Whether the network gives this probability to the covered picture."""
    square = on.square_of_largest_fall
    if square is None or on.largest_fall is None:
        return False
    inside = all(
        first <= at < first + square.side
        for first, at in zip((square.top, square.left), on.largest_fall, strict=True)
    )
    shown = on.covered(square)
    found = _covered(on, square.top, square.left, square.side).scores
    return inside and shown is not None and np.allclose(shown, found, atol=_NEAR / 10)


def is_half_of_gradient(on: AttributionSituation, count: int) -> bool:
    """Whether so many of the largest gradients, and no fewer, have half of the sum."""
    import torch

    module, last = on.network.module, on.network.layers[-1].inputs[0]
    pixels = torch.from_numpy(_trace(on).input.copy())[None].requires_grad_()
    logit = module.outputs(pixels)[last][0, on.number]
    (gradient,) = torch.autograd.grad(logit, pixels)
    sizes = np.sort(gradient[0].abs().amax(dim=0).double().numpy(), axis=None)[::-1]
    half, near = sizes.sum() / 2, 1e-4 * sizes.sum()
    return bool(sizes[:count].sum() >= half - near and sizes[: count - 1].sum() <= half + near)


def _spearman(one: np.ndarray, other: np.ndarray) -> float:
    from scipy.stats import spearmanr

    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return 0.0
    return float(spearmanr(one, other, axis=None).statistic)


def is_rank_correlation(on: AttributionSituation) -> bool:
    """Whether SciPy finds the same correlation of Occlusion and Saliency."""
    drop, saliency = on.attribution("occlusion"), on.attribution("saliency")
    if drop is None or saliency is None or on.correlations is None:
        return False
    shown = on.correlations.between["occlusion", "saliency"]
    return abs(_spearman(np.maximum(drop, 0), saliency) - shown) < _NEAR


def is_most_similar(on: AttributionSituation, key: str) -> bool:
    """Whether SciPy finds no method that changes less between the two networks."""
    if on.correlations is None:
        return False
    place = (on.settings.network, on.shown, on.number)
    found = {}
    for one in on.correlations.randomized:
        values = on.attribution(one)
        if values is None:
            return False
        other = attribution(*place, one, randomized=True)
        found[one] = _spearman(strength(values), strength(other))
    shown = on.correlations.randomized[key]
    return abs(found[key] - shown) < _NEAR and max(found.values()) < shown + _NEAR


def is_same_for_another_picture(on: AttributionSituation) -> bool:
    """Whether noise gives the same Deconvnet."""
    shown = on.attribution("deconvnet")
    return shown is not None and np.array_equal(
        METHODS["deconvnet"].compute(_noise(on), on.number), shown
    )


def depends_on_maxima_only(on: AttributionSituation) -> bool:
    """Whether noise gives another Deconvnet, and a picture with the same maxima the same."""
    shown = on.attribution("deconvnet")
    if shown is None:
        return False
    changed = on.prediction.view.copy()
    changed[0, 0] ^= 1
    near = trace(on.network, changed)
    same_maxima = all(
        np.array_equal(_maxima(_trace(on), pool), _maxima(near, pool)) for pool in on.pools
    )
    again = METHODS["deconvnet"].compute(near, on.number)
    differs = not np.array_equal(METHODS["deconvnet"].compute(_noise(on), on.number), shown)
    return differs and (not same_maxima or np.allclose(again, shown, atol=1e-6))


def _maxima(found: Trace, pool: str) -> np.ndarray:
    """Return the positions of the maxima of a pooling layer."""
    import torch
    from torch.nn import functional

    layer = found.network.layer(pool)
    maps = torch.from_numpy(found[layer.inputs[0]].copy())[None]
    _, positions = functional.max_pool2d(maps, layer.kernel, layer.stride, return_indices=True)
    return np.asarray(positions)
