"""What to try in What does it look at?"""

from collections.abc import Mapping

import numpy as np

from app.guide.attempts import Attempt
from app.lessons.look_at.gathered_pictures import PATCHES
from app.lessons.look_at.situation import AttributionSituation
from app.lessons.look_at.unit_claims import COMPLETE
from app.lessons.look_at.units import MAPS
from app.networks.covering import covered_scores
from app.networks.prediction import predicted
from app.networks.settings import as_input
from app.networks.square import Square
from cnn_core.networks import trace
from cnn_core.networks.attribution.unit_methods import unit_method

_LITTLE = 0.009
"""A change of a probability below one percentage point, also where it is rounded."""
_CATS = {"tiger cat", "Egyptian cat", "tabby"}


def _square_text(square: Square | None) -> str:
    return f"{square.top},{square.left},{square.side}" if square else ""


def _whole(on: AttributionSituation) -> Square:
    return Square(top=0, left=0, side=min(on.size))


def _covered_now(on: AttributionSituation, square: Square) -> np.ndarray:
    return covered_scores(on.settings.network, on.shown, square)


def _falls(on: AttributionSituation) -> bool:
    square = on.square_of_largest_fall
    covered = on.covered(square) if square else None
    return covered is not None and float(covered[on.number]) < float(on.scores[on.number])


def _is_shorter(before: AttributionSituation, after: AttributionSituation) -> bool:
    square = before.square_of_largest_fall
    if square is None:
        return False
    return bool(_covered_now(after, square)[after.number] < after.scores[after.number])


def _hardly_changes(on: AttributionSituation) -> bool:
    pixel = on.most_salient_pixel
    covered = on.covered(pixel) if pixel else None
    return covered is not None and float(np.abs(covered - on.scores).max()) < _LITTLE


def _is_little(before: AttributionSituation, after: AttributionSituation) -> bool:
    pixel = before.most_salient_pixel
    if pixel is None:
        return False
    return float(np.abs(_covered_now(after, pixel) - after.scores).max()) < 0.01


def _is_that_of_gray(before: AttributionSituation, after: AttributionSituation) -> bool:
    gray = as_input(np.full((*after.size, 3), 127, np.uint8))
    expected = predicted(after.settings.network, gray).scores
    return bool(np.allclose(_covered_now(after, _whole(after)), expected, atol=1e-4))


def _is_second(before: AttributionSituation, after: AttributionSituation) -> bool:
    return after.rank == 2 and np.array_equal(before.scores, after.scores)


def _is_last_with_a_map(before: AttributionSituation, after: AttributionSituation) -> bool:
    saliency = after.attribution("saliency")
    return (
        after.rank == len(after.scores)
        and saliency is not None
        and float(saliency.max()) > 0
        and np.array_equal(before.scores, after.scores)
    )


def _has_blocks(before: AttributionSituation, after: AttributionSituation) -> bool:
    drop, stride = after.attribution("occlusion"), after.window.stride
    if drop is None or after.method != "occlusion":
        return False
    blocks = drop[::stride, ::stride].repeat(stride, axis=0).repeat(stride, axis=1)
    return np.array_equal(blocks[: drop.shape[0], : drop.shape[1]], drop)


def _differences(values: np.ndarray) -> float:
    """Mean absolute difference of neighbors, as a share of the mean."""
    down, across = np.abs(np.diff(values, axis=0)), np.abs(np.diff(values, axis=1))
    return float((down.mean() + across.mean()) / max(float(values.mean()), 1e-12))


def _is_rougher(before: AttributionSituation, after: AttributionSituation) -> bool:
    saliency, cam = after.attribution("saliency"), after.attribution("grad_cam")
    if saliency is None or cam is None or after.method != "saliency":
        return False
    return _differences(saliency) > _differences(cam)


def _are_cats(before: AttributionSituation, after: AttributionSituation) -> bool:
    return {after.network.classes[at] for at in after.order[:3]} == _CATS


def _is_pullover(before: AttributionSituation, after: AttributionSituation) -> bool:
    return after.name == "Pullover" and after.rank == 1


def _adds_up(before: AttributionSituation, after: AttributionSituation) -> bool:
    dossier = after.dossier(patches=1)
    return COMPLETE.applies(dossier) and COMPLETE.check(dossier)


def _has_choice(on: AttributionSituation) -> bool:
    method = unit_method(on.network.layers, on.unit_layer, on.unit["unit_method"])
    return method.key not in ("deconvnet", "integrated_gradients")


def _shows_the_map(before: AttributionSituation, after: AttributionSituation) -> bool:
    dossier, first = after.dossier(patches=0), (int(after.unit["unit_sheet"]) - 1) * MAPS
    seen = [
        trace(after.network, after.pictures.views[at.picture].pixels)[dossier.layer]
        for at in dossier.places
    ]
    values = [
        float(maps[dossier.channel, at.row, at.column])
        for maps, at in zip(seen, dossier.places, strict=True)
    ]
    highest = all(
        float(maps[dossier.channel].max()) <= values[0] + 1e-4 * max(1, abs(values[0]))
        for maps in seen
    )
    return (
        first <= dossier.channel < first + MAPS
        and len(dossier.places) <= PATCHES
        and np.allclose(values, sorted(values, reverse=True), rtol=0, atol=1e-4)
        and highest
    )


def _class(number: int) -> Mapping[str, str]:
    return {"class": str(number)}


ATTEMPTS: tuple[Attempt[AttributionSituation], ...] = (
    Attempt(
        key="look_cover",
        label="Cover the place with the largest fall",
        outcome="The square goes where Occlusion is highest. The bar of the explained class gets "
        "shorter.",
        changes=lambda on: {"square": _square_text(on.square_of_largest_fall)},
        check=_is_shorter,
        applies=_falls,
    ),
    Attempt(
        key="look_pixel",
        label="Cover a single pixel",
        outcome="The square is 1 pixel, where Saliency is highest. No probability changes by more "
        "than 1 percentage point.",
        changes=lambda on: {"square": _square_text(on.most_salient_pixel)},
        check=_is_little,
        applies=_hardly_changes,
    ),
    Attempt(
        key="look_gray",
        label="Cover the whole picture",
        outcome="Now the input is one uniform gray. The bars are the same for every picture.",
        changes=lambda on: {"square": _square_text(_whole(on))},
        check=_is_that_of_gray,
        applies=lambda on: on.size[0] == on.size[1],
    ),
    Attempt(
        key="look_second",
        label="Explain the second most probable class",
        outcome="All maps are computed for the class of rank 2. The bars stay as they are.",
        changes=lambda on: _class(on.order[1]),
        check=_is_second,
    ),
    Attempt(
        key="look_last",
        label="Explain a class that the picture does not show",
        outcome="The class with the lowest probability is explained. There are maps for it too: a "
        "bright place does not mean that the class is in the picture.",
        changes=lambda on: _class(on.order[-1]),
        check=_is_last_with_a_map,
    ),
    Attempt(
        key="look_occlusion",
        label="Show Occlusion over the picture",
        outcome="The map consists of uniform blocks, as wide as the stride of the square.",
        changes=lambda on: {"heat": "occlusion"},
        check=_has_blocks,
    ),
    Attempt(
        key="look_saliency",
        label="Show Saliency over the picture",
        outcome="Saliency has a value of its own for each pixel, so it is much rougher than "
        "Grad-CAM.",
        changes=lambda on: {"heat": "saliency"},
        check=_is_rougher,
        applies=lambda on: on.last_maps is not None,
    ),
    Attempt(
        key="look_integrated",
        label="Send one unit back by integrated gradients",
        outcome="In its detail, the sum of all values is compared with the difference that the "
        "exact integral adds up to.",
        changes=lambda on: {"unit_method": "integrated_gradients"},
        check=_adds_up,
        applies=_has_choice,
    ),
    Attempt(
        key="look_maps",
        label="Show all maps of the layer",
        outcome="Each map has a square of its strongest patches, and beside it what is sent back. "
        "The map that is shown in detail is among them.",
        changes=lambda on: {"unit_sheet": str(on.unit_channel // MAPS + 1)},
        check=_shows_the_map,
        applies=lambda on: not on.unit["unit_sheet"],
    ),
    Attempt(
        key="look_cat",
        label="Use the picture of a cat",
        outcome="The three most probable classes are kinds of cats. Explain one, then another: "
        "which places differ?",
        changes=lambda on: {"picture": "cat", "class": "", "square": ""},
        check=_are_cats,
        applies=lambda on: on.network.subject == "photographs",
    ),
    Attempt(
        key="look_garment",
        label="Use the picture of a pullover",
        outcome="The most probable class is Pullover, as it should be.",
        changes=lambda on: {"source": "garment", "garment": "1", "class": "", "square": ""},
        check=_is_pullover,
        applies=lambda on: on.network.subject == "garments",
    ),
)
