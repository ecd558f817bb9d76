"""What to notice where a gray square lies over a picture that two networks name."""

import json

import numpy as np

from app.caching import MIB, cached
from app.drawing.numbers import MINUS, percent_text
from app.guide.claims import Claim
from app.lessons.dense_layer.first_layers import neuron_outputs
from app.lessons.dense_layer.settings import CNN, DENSE
from app.lessons.dense_layer.situation import DenseLayerSituation as On
from app.networks.settings import NetworkInput, bundled_pictures
from cnn_core.datasets import ASSETS
from cnn_core.networks.accuracy import recorded_accuracy, recorded_classes
from cnn_core.networks.models.registry import defined

_NEAR = 1e-4
GRAY = 127
_TITLES = {DENSE: "dense network", CNN: "CNN"}


def _is_sides(on: On) -> bool:
    return on.view == "sides"


def _before(on: On) -> str:
    said = []
    for key, title in _TITLES.items():
        found, best = on.prediction(key), on.best(key)
        share = percent_text(float(found.scores[best]))
        said.append(f"**{found.network.classes[best]}**, {share}, for the {title}")
    truth = f" The picture shows: {on.truth}." if on.truth else ""
    return f"The most probable class without the square: {'; '.join(said)}.{truth}"


def _is_before(on: On) -> bool:
    from cnn_core.networks import load, trace

    said = _before(on)
    return all(
        f"**{name}**, {percent_text(share)}, for" in said
        for name, share in (trace(load(key), on.shown.pixels).top(1)[0] for key in _TITLES)
    )


def _covered(on: On) -> str:
    said = []
    for key, title in _TITLES.items():
        best = on.best(key)
        shares = [
            percent_text(float(scores[best]))
            for scores in (on.prediction(key).scores, on.covered(key))
        ]
        said.append(f"for the {title} from {shares[0]} to **{shares[1]}**")
    return f"The square changes the probability of that class {', '.join(said)}."


def _is_covered(on: On) -> bool:
    from cnn_core.networks import load, trace

    square, said = on.settings.covered, _covered(on)
    pixels = on.shown.pixels.copy()
    rows = slice(square.top, square.top + square.side)
    pixels[rows, square.left : square.left + square.side] = GRAY
    for key in (DENSE, CNN):
        share = float(trace(load(key), pixels).scores[on.best(key)])
        mine = float(on.covered(key)[on.best(key)])
        if abs(share - mine) > _NEAR or f"**{percent_text(mine)}**" not in said:
            return False
    return True


def _under(on: On) -> np.ndarray:
    square = on.settings.covered
    rows = slice(square.top, square.top + square.side)
    return np.asarray(on.shown.pixels[rows, square.left : square.left + square.side])


def _is_background(on: On) -> bool:
    return _is_sides(on) and on.label is not None and not _under(on).any()


def _background(on: On) -> str:
    return (
        "All pixels under the square are **0**: there is nothing of the garment below it. A neuron "
        "of the dense layer has a weight of its own for each of them, so gray in their place still "
        "changes its output. The kernels of the CNN are smaller than the square, so they respond "
        "to "
        "its edge. The last layer of the CNN has weights for every place, too: its probability can "
        "change as well."
    )


def _changes_neurons(on: On) -> bool:
    square = on.settings.covered
    pixels = on.shown.pixels.copy()
    rows = slice(square.top, square.top + square.side)
    pixels[rows, square.left : square.left + square.side] = GRAY
    before, after = neuron_outputs(on.shown.pixels), neuron_outputs(pixels)
    return not _under(on).any() and bool(np.abs(after - before).max() > 0)


def _has_falls(on: On) -> bool:
    return _is_sides(on) and on.both_fall is not None


def _worst(on: On) -> str:
    assert on.both_fall is not None
    dense, cnn = (float(fall.max()) for fall in on.both_fall)
    side = on.settings.covered.side
    return (
        f"Of all places for a square of {side} × {side}, the worst one lowers the probability for "
        f"the dense network by **{_points(dense)}** percentage points, for the CNN by "
        f"**{_points(cnn)}**."
    )


def _mean(on: On) -> str:
    assert on.both_fall is not None
    dense, cnn = (float(fall.mean()) for fall in on.both_fall)
    return (
        f"On average over all places, it {_change(dense)} for the dense network and "
        f"{_change(cnn)} for the CNN."
    )


def _points(fall: float) -> str:
    """Write percentage points with one decimal and without a zero that has a sign."""
    return f"{round(100 * fall, 1) + 0.0:.1f}".replace("-", MINUS)


def _change(fall: float) -> str:
    points = round(100 * fall, 1)
    if points == 0:
        return "hardly changes"
    way = "falls" if points > 0 else "rises"
    return f"{way} by **{abs(points):.1f}** percentage points"


def _empty_places(on: On) -> np.ndarray:
    """Where the square would cover nothing of the garment, bool (R, C)."""
    side = on.settings.covered.side
    windows = np.lib.stride_tricks.sliding_window_view(on.shown.pixels, (side, side))
    return np.asarray(~windows.any(axis=(2, 3)))


def _has_empty(on: On) -> bool:
    return _has_falls(on) and on.label is not None and int(_empty_places(on).sum()) > 1


def _empty(on: On) -> str:
    assert on.both_fall is not None
    empty = _empty_places(on)
    dense, cnn = (float(fall[empty].mean()) for fall in on.both_fall)
    return (
        f"There are **{int(empty.sum())}** places where the square covers nothing of this garment. "
        f"On average over these, the probability {_change(dense)} for the dense network and "
        f"{_change(cnn)} for the CNN."
    )


def _is_empty(on: On) -> bool:
    side, shape = on.settings.covered.side, on.shown.pixels.shape
    rows, columns = (length - side + 1 for length in shape)
    empty = [
        not on.shown.pixels[top : top + side, left : left + side].any()
        for top in range(rows)
        for left in range(columns)
    ]
    said = _empty(on)
    return f"**{sum(empty)}**" in said and all(
        _change(float(again[empty].mean())) in said for again in _falls_again(on)
    )


def _trained(on: On) -> str:
    cnn = recorded_accuracy(CNN)
    assert cnn
    return (
        f"**The networks were not trained alike.** The CNN was trained on pictures that were "
        f"shifted "
        f"by up to {cnn.shifted_by} px and, in {cnn.covered:.0%} of cases, partly covered with "
        f"gray "
        f"up to {cnn.covered_side} × {cnn.covered_side} px. The dense network was not. A part of "
        f"the difference comes from that."
    ).replace("%", " %")


def _is_trained(on: On) -> bool:
    cards = [
        json.loads((ASSETS / "weights" / f"{key}.json").read_text(encoding="utf-8"))
        for key in (CNN, DENSE)
    ]
    cnn, dense = (card["settings"]["augmentation"] for card in cards)
    said = _trained(on)
    return (
        dense["shift"] == 0 == dense["erase"]
        and f"up to {cnn['shift']} px" in said
        and f"{100 * cnn['erase']:.0f} %" in said
        and f"{cnn['erase_side']} × {cnn['erase_side']}" in said
    )


@cached(max_bytes=MIB)
def _one_by_one(network: str, shown: NetworkInput, side: int) -> np.ndarray:
    """The probabilities again, (places, classes), each from a run of the whole network."""
    import torch

    from cnn_core.networks import load

    rows, columns = (length - side + 1 for length in shown.pixels.shape)
    places = [(top, left) for top in range(rows) for left in range(columns)]
    pictures = np.repeat(shown.pixels[None, None], len(places), axis=0)
    for picture, (top, left) in zip(pictures, places, strict=True):
        picture[0, top : top + side, left : left + side] = GRAY
    with torch.inference_mode():
        logits = load(network).module(torch.from_numpy(pictures / np.float32(255)))
    return np.asarray(torch.softmax(logits, dim=1))


def _falls_again(on: On) -> list[np.ndarray]:
    found = []
    for key in (DENSE, CNN):
        best = on.best(key)
        after = _one_by_one(key, on.shown, on.settings.covered.side)[:, best]
        found.append(float(on.prediction(key).scores[best]) - after)
    return found


def _is_worst(on: On) -> bool:
    found = _falls_again(on)
    assert on.both_fall is not None
    return all(
        abs(float(mine.max()) - float(again.max())) < _NEAR
        for mine, again in zip(on.both_fall, found, strict=True)
    )


def _is_mean(on: On) -> bool:
    found = _falls_again(on)
    assert on.both_fall is not None
    return all(
        abs(float(mine.mean()) - float(again.mean())) < _NEAR
        for mine, again in zip(on.both_fall, found, strict=True)
    )


def _accuracy(on: On) -> str:
    said = []
    for key, title in _TITLES.items():
        card = recorded_accuracy(key)
        assert card is not None
        count = sum(layer.parameters for layer in defined(key).layers)
        said.append(f"the {title} has {count:,} parameters and names {card.overall:.2%} correctly")
    return f"On the 10,000 test pictures, {', '.join(said)}.".replace("%", " %")


def _is_accuracy(on: On) -> bool:
    from cnn_core.networks import load

    said = _accuracy(on)
    for key in (DENSE, CNN):
        classes = recorded_classes(key)
        if classes is None:
            return False
        share = f"{float((classes == bundled_pictures().labels).mean()):.2%}".replace("%", " %")
        count = sum(one.numel() for one in load(key).module.parameters())
        if share not in said or f"{count:,}" not in said:
            return False
    return True


SIDES_CLAIMS: tuple[Claim[On], ...] = (
    Claim(key="before", applies=_is_sides, sentence=_before, check=_is_before),
    Claim(key="covered", applies=_is_sides, sentence=_covered, check=_is_covered),
    Claim(key="background", applies=_is_background, sentence=_background, check=_changes_neurons),
    Claim(key="worst", applies=_has_falls, sentence=_worst, check=_is_worst),
    Claim(key="mean", applies=_has_falls, sentence=_mean, check=_is_mean),
    Claim(key="empty", applies=_has_empty, sentence=_empty, check=_is_empty),
    Claim(key="trained", applies=_is_sides, sentence=_trained, check=_is_trained),
    Claim(key="accuracy", applies=_is_sides, sentence=_accuracy, check=_is_accuracy),
)
