"""What to notice where the pixels of a picture are shuffled."""

import numpy as np

from app.drawing.numbers import percent_text
from app.guide.claims import Claim
from app.lessons.dense_layer.first_layers import first_layers, neuron_outputs
from app.lessons.dense_layer.settings import CNN, DENSE
from app.lessons.dense_layer.shuffling import order_of
from app.lessons.dense_layer.situation import DenseLayerSituation as On
from cnn_core.datasets import FASHION_CLASSES
from cnn_core.permutation import inverse, rearrange

_NEAR = 1e-3
_TITLES = {DENSE: "dense network", CNN: "CNN"}


def _is_shuffle(on: On) -> bool:
    return on.view == "shuffle"


def _moved(on: On) -> str:
    pixels, moved = on.shown.pixels.size, on.shuffled.moved
    if moved == 0:
        return f"No pixel has moved: both pictures are the same {pixels} numbers in the same order."
    side = on.settings.block
    what = "pixels" if side == 1 else f"blocks of {side} × {side} pixels"
    return (
        f"**{moved} of {pixels}** pixels are at another place. Which {what} move, and to where, is "
        "the same for every picture."
    )


def _is_moved(on: On) -> bool:
    order = order_of(on.settings.share, on.settings.block)
    moved = sum(place != pixel for place, pixel in enumerate(order.tolist()))
    again = rearrange(rearrange(on.shown.pixels, order), inverse(order))
    said = f"**{moved} of 784**" if moved else "No pixel has moved"
    return said in _moved(on) and np.array_equal(again, on.shown.pixels)


def _named(on: On) -> str:
    said = []
    for key, title in _TITLES.items():
        before, after = on.shuffled.before[key], on.shuffled.after[key]
        said.append(f"the {title}: {_best(before)} before, **{_best(after)}** after")
    return (
        "The most probable class of the networks trained on pictures as they are, "
        f"{'; '.join(said)}."
    )


def _best(scores: np.ndarray) -> str:
    best = int(scores.argmax())
    return f"{FASHION_CLASSES[best]} ({percent_text(float(scores[best]))})"


def _is_named(on: On) -> bool:
    from cnn_core.networks import load, trace

    order, said = order_of(on.settings.share, on.settings.block), _named(on)
    flat = on.shown.pixels.ravel()
    shuffled = np.array([flat[pixel] for pixel in order.tolist()], np.uint8).reshape(28, 28)
    for key in _TITLES:
        for pixels in (on.shown.pixels, shuffled):
            name, share = trace(load(key), pixels).top(1)[0]
            if f"{name} ({percent_text(share)})" not in said:
                return False
    return True


def _same_sum(on: On) -> str:
    return (
        "**The order of the pixels makes no difference to a dense layer.** Shuffle the weights of "
        "a neuron "
        "in the same way as the pixels, and its output is the same as before, for every picture. "
        "So it can learn from shuffled pictures as well as from others."
    )


def _is_same_sum(on: On) -> bool:
    order, layers = order_of(on.settings.share, on.settings.block), first_layers()
    shuffled = rearrange(on.shown.pixels, order).ravel() / np.float32(255)
    again = layers.neurons[:, order] @ shuffled + layers.biases
    return bool(np.allclose(again, neuron_outputs(on.shown.pixels), atol=_NEAR))


def _local(on: On) -> bool:
    return _is_shuffle(on) and on.settings.block > 1 and on.shuffled.moved > 0


def _kept_pairs(on: On) -> float:
    """The share of pairs of neighbors that are still neighbors, beside each other as before."""
    places = inverse(order_of(on.settings.share, on.settings.block)).reshape(28, 28)
    across = (np.diff(places, axis=1) == 1) & (places[:, :-1] % 28 != 27)
    down = np.diff(places, axis=0) == 28
    return float((across.sum() + down.sum()) / (across.size + down.size))


def _blocks(on: On) -> str:
    side = on.settings.block
    return (
        f"Inside a block of {side} × {side} pixels everything stays as it is: "
        f"**{percent_text(_kept_pairs(on))}** of all pairs of neighbors are still neighbors, one "
        "beside or below the other as before. The larger the blocks, the more of these pairs stay."
    )


def _is_blocks(on: On) -> bool:
    order = order_of(on.settings.share, on.settings.block).reshape(28, 28).tolist()
    kept = total = 0
    for row in range(28):
        for column in range(28):
            for down, right in ((0, 1), (1, 0)):
                below, beside = row + down, column + right
                if below > 27 or beside > 27:
                    continue
                total += 1
                here, there = order[row][column], order[below][beside]
                is_in_row = down or here % 28 != 27
                kept += bool(is_in_row and there - here == 28 * down + right)
    shares = [_kept_pairs_of(side) for side in (1, 2, 4, 7, 14)]
    return f"**{percent_text(kept / total)}**" in _blocks(on) and shares == sorted(shares)


def _kept_pairs_of(side: int) -> float:
    places = inverse(order_of(100, side)).reshape(28, 28)
    across = (np.diff(places, axis=1) == 1) & (places[:, :-1] % 28 != 27)
    down = np.diff(places, axis=0) == 28
    return float((across.sum() + down.sum()) / (across.size + down.size))


SHUFFLE_CLAIMS: tuple[Claim[On], ...] = (
    Claim(key="moved", applies=_is_shuffle, sentence=_moved, check=_is_moved),
    Claim(key="named", applies=_is_shuffle, sentence=_named, check=_is_named),
    Claim(key="same_sum", applies=_is_shuffle, sentence=_same_sum, check=_is_same_sum),
    Claim(key="blocks", applies=_local, sentence=_blocks, check=_is_blocks),
)
