"""What to notice under a mask."""

from dataclasses import replace
from itertools import pairwise, product

import numpy as np

from app.drawing.numbers import correlation_text, count_text, counted, number_text
from app.guide.claims import Claim
from app.lessons.dropout.masks.situation import MasksSituation
from cnn_core.dropout_network import SIZES, DenseLayer, drawn_network, run_with_dropout
from cnn_core.errors import CnnCoreError

HIDDEN = sum(SIZES[1:-1])
_NEAR = 1e-5


def _drops(on: MasksSituation) -> bool:
    return on.settings.training and on.settings.keep < 1


def _present(on: MasksSituation) -> str:
    expected = number_text(on.settings.keep * HIDDEN, digits=3)
    return (
        f"Each hidden neuron is present with probability p = {on.settings.keep:g}, "
        f"independently of the others: {expected} of {HIDDEN} on average. Under this "
        f"mask **{int(on.hidden.sum())}** are."
    )


def _is_drawn_so(on: MasksSituation) -> bool:
    rng = np.random.default_rng(on.settings.mask)
    drawn = [rng.random(size) < on.settings.keep for size in SIZES[1:-1]]
    return bool(np.array_equal(np.concatenate(drawn), on.hidden))


def unused_weights(on: MasksSituation) -> int:
    """Count the weights that begin or end at a neuron that is dropped."""
    present = [
        np.ones(SIZES[0], bool),
        *(one.dropped.mask for one in on.outputs[:-1]),
        np.ones(SIZES[-1], bool),
    ]
    used = sum(int(below.sum()) * int(above.sum()) for below, above in pairwise(present))
    return sum(layer.weights.size for layer in drawn_network()) - used


def _unused(on: MasksSituation) -> str:
    total = sum(layer.weights.size for layer in drawn_network())
    return (
        f"With the neurons that are dropped, **{unused_weights(on)} of {total}** weights take no "
        f"part. This step of the training uses a smaller network."
    )


def _is_smaller_network(on: MasksSituation) -> bool:
    """Whether a network without those weights outputs the same without any dropout."""
    scale = np.float32(1 / on.settings.keep if on.settings.convention == "inverted" else 1)
    layers, below, removed = [], np.ones(SIZES[0], bool), 0
    for at, layer in enumerate(drawn_network()):
        above = on.outputs[at].dropped.mask
        weights = layer.weights * above[:, None] * below[None, :]
        removed += int((~(above[:, None] & below[None, :])).sum())
        factor = np.float32(1) if at == 0 else scale
        layers.append(DenseLayer(weights=weights * factor, biases=layer.biases * above))
        below = above
    rng = np.random.default_rng(0)
    whole = run_with_dropout(layers, on.inputs, keep=1, rng=rng)[-1].sums
    same = np.allclose(whole, on.outputs[-1].sums, rtol=1e-4, atol=1e-4)
    return bool(same) and removed == unused_weights(on)


def _scaled(on: MasksSituation) -> str:
    times = number_text(1 / on.settings.keep, digits=3)
    return (
        f"While training, a sum lacks the terms of the neurons that are dropped. To make up for "
        f"that on average, each value that is present is divided by p, which makes it "
        f"**{times} times** as large."
    )


def _is_scaled(on: MasksSituation) -> bool:
    whole = [*(one.activated for one in on.outputs[:-1]), on.maps]
    dropped = [*(one.dropped for one in on.outputs[:-1]), on.dropped_maps]
    return all(
        np.allclose(one.values, every * one.mask / on.settings.keep, rtol=1e-4, atol=_NEAR)
        for every, one in zip(whole, dropped, strict=True)
    )


def _unscaled(on: MasksSituation) -> str:
    return (
        "In the lecture’s convention nothing is scaled while training: a value that is present "
        "stays as it is. At evaluation all values are present, and each is multiplied by "
        f"p = {on.settings.keep:g}."
    )


def _is_unscaled(on: MasksSituation) -> bool:
    before = [*(one.activated for one in on.outputs[:-1]), on.maps]
    trained = [*(one.dropped for one in on.outputs[:-1]), on.dropped_maps]
    at_eval = replace(on, settings=replace(on.settings, training=False))
    before_eval = [*(one.activated for one in at_eval.outputs[:-1]), at_eval.maps]
    evaluated = [*(one.dropped for one in at_eval.outputs[:-1]), at_eval.dropped_maps]
    return all(
        np.array_equal(one.values, every * one.mask)
        for every, one in zip(before, trained, strict=True)
    ) and all(
        one.mask.all() and np.allclose(one.values, every * on.settings.keep)
        for every, one in zip(before_eval, evaluated, strict=True)
    )


def _every_mask(on: MasksSituation) -> str:
    return (
        "At evaluation the mask does not matter: the same picture has the same outputs every time. "
        "`model.eval()` switches dropout off, `model.train()` switches it on."
    )


def _is_same_for_every_mask(on: MasksSituation) -> bool:
    found = [
        run_with_dropout(
            drawn_network(),
            on.inputs,
            keep=on.settings.keep,
            rng=np.random.default_rng(seed),
            convention=on.settings.convention,
            training=False,
        )[-1].sums
        for seed in range(5)
    ]
    return all(np.array_equal(one, on.outputs[-1].sums) for one in found)


def neighbor_correlation(on: MasksSituation) -> float | None:
    """Return how alike two values beside each other are on the maps; None where nothing varies."""
    left, right = on.maps[:, :, :-1], on.maps[:, :, 1:]
    if left.size < 24 or min(left.std(), right.std()) < 1e-6:
        return None
    means = [float(one.mean(dtype=np.float64)) for one in (left, right)]
    a, b = left.astype(np.float64) - means[0], right.astype(np.float64) - means[1]
    return float((a * b).mean() / np.sqrt(np.square(a).mean() * np.square(b).mean()))


def _neighbors(on: MasksSituation) -> str:
    found = neighbor_correlation(on)
    assert found is not None  # only where something varies
    return (
        f"Two values beside each other on these maps have a correlation of "
        f"**{correlation_text(found)}**. Where one is dropped, its neighbors still tell a part of "
        f"it. Dropout2d therefore drops whole maps."
    )


def _are_neighbors_alike(on: MasksSituation) -> bool:
    found = neighbor_correlation(on)
    pairs = np.stack([on.maps[:, :, :-1].ravel(), on.maps[:, :, 1:].ravel()])
    return found is not None and abs(float(np.corrcoef(pairs)[0, 1]) - found) < 1e-4


def _are_alike(on: MasksSituation) -> bool:
    found = neighbor_correlation(on)
    return found is not None and found > 0.2


def _masks_that_drop() -> int:
    """Count the masks of the hidden neurons under which one is missing at least."""
    return sum(not all(mask) for mask in product((False, True), repeat=HIDDEN))


def _is_refused_above_1() -> bool:
    try:
        run_with_dropout(
            drawn_network(), np.ones(4, np.float32), keep=1.1, rng=np.random.default_rng(0)
        )
    except CnnCoreError:
        return True
    return False


CLAIMS: tuple[Claim[MasksSituation], ...] = (
    Claim(key="drop_present", applies=_drops, sentence=_present, check=_is_drawn_so),
    Claim(
        key="drop_unused",
        applies=lambda on: _drops(on) and unused_weights(on) > 0,
        sentence=_unused,
        check=_is_smaller_network,
    ),
    Claim(
        key="drop_scaled",
        applies=lambda on: _drops(on) and on.settings.convention == "inverted",
        sentence=_scaled,
        check=_is_scaled,
    ),
    Claim(
        key="drop_unscaled",
        applies=lambda on: _drops(on) and on.settings.convention == "scale_at_eval",
        sentence=_unscaled,
        check=_is_unscaled,
    ),
    Claim(
        key="drop_every_mask",
        applies=lambda on: not on.settings.training,
        sentence=_every_mask,
        check=_is_same_for_every_mask,
    ),
    Claim(
        key="drop_networks",
        applies=_drops,
        sentence=lambda on: (
            f"{HIDDEN} hidden neurons have {2**HIDDEN:,} different masks. Each mask but one leaves "
            f"a smaller network, and all of these networks share their weights."
        ),
        check=lambda on: on.hidden.size == HIDDEN and _masks_that_drop() == 2**HIDDEN - 1,
    ),
    Claim(
        key="drop_nothing",
        applies=lambda on: on.settings.training and on.settings.keep == 1,
        sentence=lambda on: "With p = 1 nothing is dropped: training and evaluation are the same.",
        check=lambda on: bool(
            on.hidden.all()
            and np.array_equal(on.outputs[-1].sums, on.outputs_with(training=False)[-1].sums)
            and _is_refused_above_1()
        ),
    ),
    Claim(
        key="drop_neighbors",
        applies=lambda on: _drops(on) and not on.settings.whole_maps and _are_alike(on),
        sentence=_neighbors,
        check=_are_neighbors_alike,
    ),
    Claim(
        key="drop_whole_maps",
        applies=lambda on: _drops(on) and on.settings.whole_maps,
        sentence=lambda on: (
            f"{count_text(int((~on.dropped_maps.mask[:, 0, 0]).sum()))} of "
            f"{counted(len(on.maps), 'map')} are dropped as a whole: one number is drawn for each "
            f"map, not one for each of its values."
        ),
        check=lambda on: bool((on.dropped_maps.mask == on.dropped_maps.mask[:, :1, :1]).all()),
    ),
)
