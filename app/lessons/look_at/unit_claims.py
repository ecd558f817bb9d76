"""The sentences in a unit's dossier: which pictures, what is sent back and why, what it adds up to.

They are shown where what they explain is, and not below the page; a check of each recomputes it.
"""

from typing import TYPE_CHECKING

import numpy as np

from app.drawing.numbers import number_text
from app.guide.claims import Claim, always
from app.lessons.look_at.unit_situation import UnitSituation
from app.session.link_notice import escape_markdown
from cnn_core.networks import trace
from cnn_core.networks.attribution.unit_methods import DECONVNET

if TYPE_CHECKING:
    from cnn_core.networks.attribution.targets import Target

_TIMES_INPUT = ("gradient_x_input", "integrated_gradients")


def _pictures(on: UnitSituation) -> str:
    bundled, own = on.pictures.bundled, on.pictures.own
    what = (
        f"the first {len(bundled)} bundled test garments"
        if on.network.subject == "garments"
        else f"the {len(bundled)} bundled photographs"
    )
    if not own:
        return f"{len(bundled)} pictures are compared: {what}."
    names = ", ".join(escape_markdown(view.name) for view in own)
    return f"{len(bundled) + len(own)} pictures are compared: {what}, and {names}."


def _is_highest_of_all(on: UnitSituation) -> bool:
    """Whether no picture has a higher value, by a trace of each, and as many patches as fit."""
    highest = [
        float(trace(on.network, view.pixels)[on.layer][on.channel].max())
        for view in on.pictures.views
    ]
    near = 1e-4 * max(1.0, float(np.abs(highest).max()))
    first = on.places[0]
    values = [place.value for place in on.places]
    return (
        abs(first.value - max(highest)) < near
        and abs(highest[first.picture] - first.value) < near
        and values == sorted(values, reverse=True)
        and max(np.bincount([place.picture for place in on.places])) <= 2
    )


def _pools(on: UnitSituation) -> int:
    before = [one.name for one in on.network.layers].index(on.layer)
    return sum(one.kind == "max_pool" for one in on.network.layers[: before + 1])


def _why(on: UnitSituation) -> str:
    if on.used is DECONVNET:
        count = _pools(on)
        layers = "1 max pooling layer" if count == 1 else f"{count} max pooling layers"
        return (
            f"**Deconvnet**, because there is max pooling before this map ({layers}): its switches "
            f"depend on the picture. {on.used.shows}"
        )
    return (
        f"**{on.used.title}**, because there is no max pooling before this map: the deconvnet of a "
        f"unit is the same for every picture. {on.used.shows}"
    )


def _unit(on: UnitSituation) -> "Target":
    from cnn_core.networks.attribution.targets import Target

    place = on.places[0]
    return Target(layer=on.layer, channel=on.channel, row=place.row, column=place.column)


def _deconvnet(on: UnitSituation, pixels: np.ndarray) -> np.ndarray:
    return DECONVNET.compute(trace(on.network, pixels), _unit(on))


def _is_why(on: UnitSituation) -> bool:
    """Whether noise gives the same deconvnet, or there are switches that it changes."""
    noise = np.random.default_rng(0).integers(0, 256, on.first.pixels.shape, np.uint8)
    same = np.array_equal(_deconvnet(on, on.first.pixels), _deconvnet(on, noise))
    if on.used is not DECONVNET:
        return same
    # A kernel of zeros would be the same for every picture, whatever the switches are.
    return _pools(on) > 0 and (not same or not _deconvnet(on, noise).any())


def _zero(on: UnitSituation) -> str:
    level = on.network.preparation.offset
    if level == 0:
        return "Where the picture is black, the input is 0. There the result is 0 too."
    return f"A color value of {number_text(level)} is 0 for the network. There the result is 0 too."


def _is_zero_there(on: UnitSituation) -> bool:
    """Whether it is 0 wherever the input is, and the input is 0 at that level."""
    found = trace(on.network, on.first.pixels)
    at_level = np.moveaxis(np.atleast_3d(on.first.pixels) == on.network.preparation.offset, 2, 0)
    values = on.used.compute(found, _unit(on))
    return np.array_equal(found.input == 0, at_level) and not values[at_level].any()


def _complete(on: UnitSituation) -> str:
    first, level = on.patches[0], on.network.preparation.offset
    assert first.difference is not None
    return (
        f"For the first patch all values add up to {number_text(first.total)}. The exact integral "
        f"adds up to {number_text(first.difference)}: the value of the unit for this picture minus "
        f"its value for a picture of {number_text(level)} everywhere."
    )


def _is_complete(on: UnitSituation) -> bool:
    """Whether two traces have that difference, and the trace of this picture that sum."""
    from cnn_core.networks.attribution.input_gradients import integrated_gradients

    place, level = on.places[0], on.network.preparation.offset
    even = np.full(on.first.pixels.shape, round(level), np.uint8)
    found = trace(on.network, on.first.pixels)
    after, before = (
        float(one[on.layer][on.channel, place.row, place.column])
        for one in (found, trace(on.network, even))
    )
    total = float(integrated_gradients(found, _unit(on)).sum(dtype=np.float64))
    first, near = on.patches[0], 1e-3 * max(1.0, abs(after), abs(before))
    assert first.difference is not None
    return (
        level == round(level)
        and abs(after - before - first.difference) < near
        and abs(total - first.total) < near
    )


PICTURES: Claim[UnitSituation] = Claim(
    key="unit_pictures", applies=always, sentence=_pictures, check=_is_highest_of_all
)
WHY: Claim[UnitSituation] = Claim(key="unit_why", applies=always, sentence=_why, check=_is_why)
ZERO: Claim[UnitSituation] = Claim(
    key="unit_zero",
    applies=lambda on: on.used.key in _TIMES_INPUT,
    sentence=_zero,
    check=_is_zero_there,
)
COMPLETE: Claim[UnitSituation] = Claim(
    key="unit_complete",
    applies=lambda on: bool(on.patches) and on.patches[0].difference is not None,
    sentence=_complete,
    check=_is_complete,
)
CLAIMS = (PICTURES, WHY, ZERO, COMPLETE)
"""All of them, for the tests."""
