"""What to notice where a network is shown a shifted picture."""

import json
import math

from app.drawing.numbers import percent_text
from app.guide.claims import Claim
from app.lessons.translation.curves import way_of
from app.lessons.translation.flips import pictures_text, recorded
from app.lessons.translation.network_frame import shifted_input
from app.lessons.translation.settings import MOST_SHIFT
from app.lessons.translation.situation import TranslationSituation as On
from app.lessons.translation.words import way_text
from cnn_core.datasets import ASSETS
from cnn_core.networks import trace
from cnn_core.networks.accuracy import recorded_accuracy
from cnn_core.networks.experiments.recordings import RECORDINGS


def _network(on: On) -> bool:
    return on.view == "network"


def total_stride(on: On) -> int:
    """Count the pixels from one cell of the network's last maps to the next; 1 without maps."""
    return math.prod(one.stride[1] for one in on.network.layers if one.kind in _STRIDING)


_STRIDING = ("conv", "max_pool", "avg_pool")


def _stride(on: On) -> str:
    stride = total_stride(on)
    return (
        f"{on.network.title} has a total stride of **{stride} px**: this is the distance between "
        f"two "
        f"neighboring cells of its last maps, on the input. Only a shift by a multiple of {stride} "
        f"px can move these maps by whole cells."
    )


def _is_stride(on: On) -> bool:
    sizes = [one.shape[2] for one in on.network.layers if one.kind in _STRIDING]
    return on.network.preparation.size[1] // total_stride(on) == min(sizes)


def _change(on: On) -> str:
    if on.first_change is None:
        return f"In this direction, no shift up to {MOST_SHIFT} px changes the most probable class."
    return (
        f"In this direction, a shift of **{on.first_change} px** is the first that changes the "
        "most probable class."
    )


def _is_change(on: On) -> bool:
    _, shown = on.input
    classes = [
        int(trace(on.network, shifted_input(on.network, shown, by)).scores.argmax())
        for by in way_of(on.by)
    ]
    first = on.first_change
    kept = classes if first is None else classes[:first]
    return set(kept) == {classes[0]} and (first is None or classes[first] != classes[0])


def _flips(on: On) -> str:
    recording, flips = recorded(on.input[0]), on.flips
    assert recording
    assert flips
    found, pictures = flips.flips, pictures_text(recording)
    start = f"A shift by {way_text(on.by)} changes the most probable class of"
    if recording.samples:  # seven chosen photographs are no sample, so there is no interval
        return f"{start} **{found.successes}** of {pictures}."
    said = f"{start} **{percent_text(found.share)}** of {pictures}."
    if flips.uncut is None:
        return said
    return (
        f"{said} Black enters on one side, and what leaves on the other is lost: "
        f"{flips.uncut.trials:,} of the garments are not cut off by this shift, and of these the "
        f"class of **{percent_text(flips.uncut.share)}** changes."
    )


def _are_flips(on: On) -> bool:
    listed = json.loads((RECORDINGS / "shift.json").read_text(encoding="utf-8"))["networks"]
    shifts = next(one["shifts"] for one in listed if one["network"] == on.input[0])
    found = next(one for one in shifts if (one["down"], one["right"]) == on.by)
    flips, uncut, said = found["flips"], found["uncut"], _flips(on)
    if uncut is None:
        share = percent_text(flips["successes"] / flips["trials"])
        return f"**{flips['successes']}** of" in said or f"**{share}**" in said
    shares = [percent_text(one["successes"] / one["trials"]) for one in (flips, uncut)]
    return all(f"**{share}**" in said for share in shares) and f"{uncut['trials']:,}" in said


def _trained(on: On) -> str:
    card = recorded_accuracy(on.input[0])
    assert card
    title = on.network.title
    if not card.shifted_by:
        return f"{title} was trained on pictures that were not shifted."
    return (
        f"{title} was trained on pictures that were shifted by up to {card.shifted_by} px. A part "
        f"of what keeps its class comes from that, not from pooling."
    )


def _is_trained(on: On) -> bool:
    card = json.loads((ASSETS / "weights" / f"{on.input[0]}.json").read_text(encoding="utf-8"))
    shift = card["settings"]["augmentation"]["shift"]
    return (f"by up to {shift} px" if shift else "not shifted") in _trained(on)


NETWORK_CLAIMS: tuple[Claim[On], ...] = (
    Claim(
        key="total_stride",
        applies=lambda on: _network(on) and total_stride(on) > 1,
        sentence=_stride,
        check=_is_stride,
    ),
    Claim(
        key="dense",
        applies=lambda on: _network(on) and total_stride(on) == 1,
        sentence=lambda on: (
            f"{on.network.title} has no pooling and no convolution: each place of the input has "
            "weights of its own. After a shift, these weights are multiplied by other pixels."
        ),
        check=lambda on: all(one.kind not in _STRIDING for one in on.network.layers),
    ),
    Claim(key="change", applies=_network, sentence=_change, check=_is_change),
    Claim(
        key="flips",
        applies=lambda on: _network(on) and on.flips is not None,
        sentence=_flips,
        check=_are_flips,
    ),
    Claim(
        key="trained",
        applies=lambda on: _network(on) and recorded_accuracy(on.input[0]) is not None,
        sentence=_trained,
        check=_is_trained,
    ),
)
