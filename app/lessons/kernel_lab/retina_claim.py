"""What to notice in the Kernel lab where a kernel is like a cell of the retina.

Ganglion cells of the retina have receptive fields of a center and a surround that work against each
other. Source: Kuffler, 1953, "Discharge patterns and functional organization of mammalian retina",
Journal of Neurophysiology 16, 37-68; as a difference of two Gaussians: Rodieck, 1965, "Quantitative
analysis of cat retinal ganglion cell response to visual stimuli", Vision Research 5, 583-601.
"""

from dataclasses import replace

import numpy as np

from app.guide.claims import Claim
from app.lessons.kernel_lab.situation import KernelLabSituation
from cnn_core.kernels.shapes import grid


def _distances(on: KernelLabSituation) -> np.ndarray:
    x, y = grid(on.layer.weights.shape[0])
    return np.asarray(x**2 + y**2)


def _center(on: KernelLabSituation) -> np.ndarray:
    """Which weights have the sign of the middle one: bool (kh, kw)."""
    weights = on.layer.weights
    middle = weights[weights.shape[0] // 2, weights.shape[1] // 2]
    return np.asarray(weights * np.sign(middle) > 0)


def _is_center_surround(on: KernelLabSituation) -> bool:
    """Whether there are a round center and a ring of the other sign, as strong as each other."""
    height, width = on.facts.shape
    if height != width or height % 2 == 0 or on.layer.dilation > 1 or not on.facts.zero_mean:
        return False
    if not on.facts.absolute or "quarter turn" not in on.facts.symmetries:
        return False
    inside, distances = _center(on), _distances(on)
    return bool(inside.any()) and bool(distances[inside].max() < distances[~inside].min())


def _dot(on: KernelLabSituation) -> tuple[str, str]:
    """The brightness of the best dot, and of the ground around it."""
    middle = on.layer.weights[on.facts.shape[0] // 2, on.facts.shape[1] // 2]
    return ("bright", "dark") if middle > 0 else ("dark", "bright")


def _sentence(on: KernelLabSituation) -> str:
    dot, ground = _dot(on)
    across = int(_center(on)[on.facts.shape[0] // 2].sum())
    return (
        "A center and a surround of opposite sign: **ganglion cells in the retina** work like "
        f"this. The response is largest for a {dot} dot on {ground} ground that just covers the "
        f"center, {across} pixel{'s' if across > 1 else ''} across. Where all pixels are equal, "
        "center and surround cancel."
    )


def _is_like_a_cell(on: KernelLabSituation) -> bool:
    side, layer = on.facts.shape[0], replace(on.layer, padding="valid", stride=1)
    distances = _distances(on)
    bright = _dot(on)[0] == "bright"

    def response(shown: np.ndarray) -> float:
        gray = np.where(shown == bright, 255, 0).astype(np.uint8)
        return float(on.response_to(np.repeat(gray[:, :, None], 3, axis=2), layer).max())

    near = 1e-5 * (255 * on.facts.absolute * on.maps_added + abs(layer.bias)) + 1e-30
    best = response(_center(on))
    dots = [distances <= radius for radius in np.unique(distances)]
    moved = [np.roll(_center(on), step, axis=0) for step in range(1, side)]
    even = [np.zeros((side, side), bool), np.ones((side, side), bool)]
    named = [dot for dot in dots if int(dot[side // 2].sum()) == int(_center(on)[side // 2].sum())]
    return (
        all(response(other) <= best + near for other in (*dots, *moved))
        and any(np.array_equal(dot, _center(on)) for dot in named)
        and all(abs(response(shown) - layer.bias) <= near for shown in even)
    )


RETINA_CLAIM: Claim[KernelLabSituation] = Claim(
    key="retina", applies=_is_center_surround, sentence=_sentence, check=_is_like_a_cell
)
