"""What to notice where a network is shown a shifted picture."""

import math

from app.drawing.numbers import percent_text
from app.guide.claims import Claim
from app.lessons.translation.curves import way_of
from app.lessons.translation.flips import pictures_text, recorded
from app.lessons.translation.network_frame import shifted_input
from app.lessons.translation.settings import MOST_SHIFT
from app.lessons.translation.situation import TranslationSituation as On
from app.lessons.translation.words import way_text
from cnn_core.networks import trace
from cnn_core.networks.experiments.recordings import load_shift_recording


def _network(on: On) -> bool:
    return on.view == "network"


def total_stride(on: On) -> int:
    """Count the pixels from one cell of the network's last maps to the next; 1 without maps."""
    return math.prod(one.stride[1] for one in on.network.layers if one.kind in _STRIDING)


_STRIDING = ("conv", "max_pool", "avg_pool")


def _stride(on: On) -> str:
    stride = total_stride(on)
    return (
        f"{on.network.title} has a total stride of **{stride} px**: so far it is from one cell of "
        f"its last maps to the next. Only a shift by a multiple of {stride} px can move these maps "
        "by whole cells."
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
    low, high = flips.flips.interval()
    return (
        f"Of {pictures_text(recording)}, a shift by {way_text(on.by)} changes the most probable "
        f"class of **{percent_text(flips.flips.share)}** (95 % interval: "
        f"{percent_text(low)} to {percent_text(high)})."
    )


def _are_flips(on: On) -> bool:
    found = load_shift_recording().of(on.input[0]).at(down=on.by[0], right=on.by[1]).flips
    return f"**{percent_text(found.successes / found.trials)}**" in _flips(on)


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
            f"{on.network.title} has no pooling and no convolution: each pixel has weights of its "
            "own, and a shift gives it another pixel."
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
)
