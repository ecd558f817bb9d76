"""The sentences on what to notice in What does it look at?, with their numbers."""

import math

import numpy as np

from app.drawing.numbers import correlation_text, number_text, percent_text, times_text
from app.lessons.look_at.situation import AttributionSituation
from app.networks.layer_names import quoted
from app.networks.square import Square
from cnn_core.networks.attribution import methods

_LEAST_PROBABILITY = 1e-30
"""Below it float32 has too few digits for a ratio."""


def explained(on: AttributionSituation) -> str:
    """Say which class is explained, with its probability and rank."""
    return (
        f"The explained class is **{on.name}**: probability "
        f"**{percent_text(float(on.scores[on.number]))}**, rank {on.rank:,} of "
        f"{len(on.scores):,}."
    )


def compared_class(on: AttributionSituation) -> int:
    """Return the class it is compared with: the most probable other one."""
    return on.order[0] if on.rank > 1 else on.order[1]


def logit_difference(on: AttributionSituation) -> float:
    """Return by how much the logit of the explained class is above the compared one's."""
    own, other = (float(on.scores[at]) for at in (on.number, compared_class(on)))
    return math.log(own) - math.log(other)


def logit(on: AttributionSituation) -> str:
    """Say what a difference of logits means for the probabilities."""
    difference = logit_difference(on)
    other = on.network.classes[compared_class(on)]
    first, second = (on.name, other) if on.rank == 1 else (other, on.name)
    ratio = times_text(math.exp(abs(difference)))
    far = number_text(abs(difference), digits=3)
    return (
        f"The bars show probabilities. The maps explain the **logit**, the score before softmax. "
        f"The logit of {first} is {far} higher than that of {second}. So {first} is "
        f"about **{ratio}** times as probable (e to the power of {far})."
    )


def can_compare(on: AttributionSituation) -> bool:
    """Whether both probabilities are large enough to be divided."""
    least = min(float(on.scores[at]) for at in (on.number, compared_class(on)))
    return least > _LEAST_PROBABILITY


def cells(on: AttributionSituation) -> str:
    """Say how coarse Grad-CAM is."""
    maps = on.last_maps
    assert maps is not None
    rows, columns = maps.shape[1:]
    height, width = on.size
    about = "" if height % rows == 0 == width % columns else "about "
    cell = f"{number_text(height / rows, digits=2)} × {number_text(width / columns, digits=2)}"
    return (
        f"Grad-CAM adds up the maps of {quoted(maps)}. They have only **{rows} × {columns}** "
        f"cells. Enlarged to {height} × {width} pixels, one cell is {about}{cell} pixels."
    )


def no_maps(on: AttributionSituation) -> str:
    """Say why there is no Grad-CAM."""
    count = math.prod(on.network.layers[0].shape)
    return (
        f"This network has no feature maps, so Grad-CAM cannot be computed. Its first dense layer "
        f"takes the picture as a vector of **{count}** numbers."
    )


def position_counts(on: AttributionSituation) -> tuple[int, int]:
    """Count the positions of Occlusion's square, down and across."""
    window = on.window
    rows, columns = (-(-(length - window.size) // window.stride) + 1 for length in on.size)
    return rows, columns


def positions(on: AttributionSituation) -> str:
    """Say how Occlusion moves its square."""
    window, (rows, columns) = on.window, position_counts(on)
    return (
        f"Occlusion moves a gray square of **{window.size} × {window.size}** pixels over the "
        f"picture with stride {window.stride}: {rows} × {columns} = **{rows * columns}** "
        f"positions, and the logit is computed for each."
    )


def _place(row: int, column: int) -> str:
    return f"row {row}, column {column}"


def falls(on: AttributionSituation) -> str:
    """Say where Occlusion is highest, and how high."""
    drop, place = on.attribution("occlusion"), on.largest_fall
    assert drop is not None
    assert place is not None
    return (
        f"Occlusion is highest at {_place(*place)}. The squares that cover this pixel lower the "
        f"logit of {on.name} by **{number_text(float(drop[place]), digits=3)}** on average."
    )


def place_of_largest_rise(on: AttributionSituation) -> tuple[int, int]:
    """Return row and column where Occlusion is lowest."""
    drop = on.attribution("occlusion")
    assert drop is not None
    row, column = np.unravel_index(int(drop.argmin()), drop.shape)
    return int(row), int(column)


def rises(on: AttributionSituation) -> str:
    """Say where Occlusion is lowest, and how low."""
    drop, place = on.attribution("occlusion"), place_of_largest_rise(on)
    assert drop is not None
    return (
        f"Covering can also **raise** the logit. The squares that cover {_place(*place)} raise it "
        f"by **{number_text(-float(drop[place]), digits=3)}** on average."
    )


def has_rise(on: AttributionSituation) -> bool:
    """Whether covering some place raises the logit."""
    drop = on.attribution("occlusion")
    return drop is not None and float(drop.min()) < 0


def _square_text(square: Square) -> str:
    last_row, last_column = square.top + square.side - 1, square.left + square.side - 1
    return f"rows {square.top} to {last_row}, columns {square.left} to {last_column}"


def cover(on: AttributionSituation) -> str:
    """Say what one square at the largest fall does to the probability."""
    square = on.square_of_largest_fall
    assert square is not None
    covered = on.covered(square)
    assert covered is not None
    before, after = (float(one[on.number]) for one in (on.scores, covered))
    return (
        f"With one such square there ({_square_text(square)}), the probability of {on.name} goes "
        f"from {percent_text(before)} to **{percent_text(after)}**."
    )


def has_covered(on: AttributionSituation) -> bool:
    """Whether that probability is known, and written with other digits than before."""
    square = on.square_of_largest_fall
    covered = on.covered(square) if square is not None else None
    if covered is None:
        return False
    before, after = (percent_text(float(one[on.number])) for one in (on.scores, covered))
    return before != after


def pixels_of_half(on: AttributionSituation) -> int:
    """Count the pixels with the highest Saliency that have half of its sum."""
    saliency = on.attribution("saliency")
    assert saliency is not None
    sums = np.cumsum(np.sort(saliency, axis=None)[::-1], dtype=np.float64)
    return int(np.searchsorted(sums, sums[-1] / 2)) + 1


def half(on: AttributionSituation) -> str:
    """Say how many pixels have half of all Saliency."""
    count, total = pixels_of_half(on), on.size[0] * on.size[1]
    return (
        f"Half of the sum of all Saliency values comes from **{count:,} of {total:,} pixels** "
        f"({percent_text(count / total)})."
    )


def has_saliency(on: AttributionSituation) -> bool:
    """Whether Saliency is above 0 somewhere."""
    saliency = on.attribution("saliency")
    return saliency is not None and float(saliency.max()) > 0


def different_questions(on: AttributionSituation) -> str:
    """Say how far Saliency and Occlusion agree."""
    found = on.correlations
    assert found is not None
    value = correlation_text(found.between["occlusion", "saliency"])
    return (
        f"Saliency measures a small change of one pixel, Occlusion a large change of a whole "
        f"square. Their rank correlation is **{value}** (1: same order of the pixels, 0: no "
        f"relation)."
    )


def most_similar_method(on: AttributionSituation) -> str:
    """Return the method with the highest rank correlation with the randomized network."""
    assert on.correlations is not None
    return max(on.correlations.randomized, key=on.correlations.randomized.__getitem__)


def randomized(on: AttributionSituation) -> str:
    """Say which method changes least with random weights."""
    assert on.correlations is not None
    key = most_similar_method(on)
    value = correlation_text(on.correlations.randomized[key])
    return (
        "The randomized network has learned nothing. Of all methods, "
        f"**{methods.METHODS[key].title}** changes the least between the two networks: "
        f"rank correlation **{value}**."
    )


def switches(on: AttributionSituation) -> str:
    """Say where Deconvnet uses the picture."""
    names = ", ".join(quoted(on.network.layer(name)) for name in on.pools)
    plural = "s" if len(on.pools) > 1 else ""
    return (
        f"Deconvnet uses the picture only in max pooling: a value goes back to the position of "
        f"the maximum. This network has **{len(on.pools)}** such layer{plural}: {names}."
    )


def is_dark(on: AttributionSituation) -> bool:
    """Whether Grad-CAM is 0 everywhere."""
    cam = on.attribution("grad_cam")
    return cam is not None and float(cam.max()) == 0
