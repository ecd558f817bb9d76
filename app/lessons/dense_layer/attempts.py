"""What to try in Why not a dense layer?"""

from collections.abc import Callable, Mapping

import numpy as np

from app.guide.attempts import Attempt
from app.lessons.dense_layer.parameters_frame import PRESETS, size_changes
from app.lessons.dense_layer.settings import CNN, DENSE, MOST_PIXELS
from app.lessons.dense_layer.situation import DenseLayerSituation as On
from app.networks.square import Square
from cnn_core.networks.experiments.findings import UNSHUFFLED
from cnn_core.networks.experiments.recordings import load_shuffle_recording

_LECTURE, _PHOTOGRAPH = (size for _, size in PRESETS[1:])
_BOOT = {"source": "garment", "garment": "0"}
_BOOT_SQUARE = Square(top=1, left=3, side=8)
"""Of all places where it covers nothing of the boot, the one that the dense network suffers from
most; a test looks for it again."""
_LITTLE = 0.05


def _in(*views: str) -> Callable[[On], bool]:
    return lambda on: on.view in views


def _is_lecture(before: On, after: On) -> bool:
    numbers = after.grid
    return bool(numbers.shape == (4, 3) and ((numbers[1:] - numbers[:-1]) == 3).all())


def _last(on: On) -> str:
    rows, columns = on.grid.shape
    return f"{rows - 1},{columns - 1}"


def _is_last(before: On, after: On) -> bool:
    row, column = after.pixel
    return bool(row * after.grid.shape[1] + column == after.grid.size - 1)


def _is_zero_at_the_rim(before: On, after: On) -> bool:
    rim = np.concatenate([after.grid[0], after.grid[-1], after.grid[:, 0], after.grid[:, -1]])
    return after.settings.grid == "garment" and float((rim == 0).mean()) > 0.5


def _is_photograph(before: On, after: On) -> bool:
    weights = after.dense.weights // after.settings.units
    same = before.settings.units == after.settings.units
    channels = before.settings.size.channels == after.settings.size.channels
    kept = before.convolution.parameters == after.convolution.parameters
    return weights == 36_000_000 and same and (kept or not channels)


def _is_lecture_size(before: On, after: On) -> bool:
    return after.dense.weights // after.settings.units == 1050 * 700 * 3


def _doubled(on: On) -> Mapping[str, str]:
    size = on.settings.size
    return {"dense_height": str(2 * size.height), "dense_width": str(2 * size.width)}


def _is_four_times(before: On, after: On) -> bool:
    return (
        after.dense.weights == 4 * before.dense.weights
        and after.convolution.weights == before.convolution.weights
    )


def _is_one_by_one(before: On, after: On) -> bool:
    pixels = after.shown.pixels
    same = sorted(pixels.ravel().tolist()) == sorted(after.shuffled.view.ravel().tolist())
    return same and min(_trained(key, 1) for key in (DENSE, CNN)) > 0.8


def _trained(network: str, block: int) -> float:
    """How often the worst of the networks trained on such pictures is right."""
    found = load_shuffle_recording().trained_accuracies(network, block=block)
    return min(one.share for one in found)


def _is_unshuffled(before: On, after: On) -> bool:
    same = np.array_equal(after.shuffled.view, after.shown.pixels)
    return same and all(
        np.allclose(after.shuffled.before[key], after.shuffled.after[key], atol=1e-6)
        for key in (DENSE, CNN)
    )


def _is_in_blocks(before: On, after: On) -> bool:
    view, shown = after.shuffled.view, after.shown.pixels
    blocks = [
        {picture[top : top + 14, left : left + 14].tobytes() for top in (0, 14) for left in (0, 14)}
        for picture in (view, shown)
    ]
    lost = _trained(CNN, UNSHUFFLED) - _trained(CNN, 14)
    return blocks[0] == blocks[1] and after.settings.share == 100 and 0 < lost < 0.02


def _place_of_difference(on: On) -> Mapping[str, str]:
    """Find where the square lowers the dense network's probability most, beyond the CNN's."""
    if on.both_fall is None:
        return {}
    dense, cnn = on.both_fall
    top, left = np.unravel_index(int((dense - cnn).argmax()), dense.shape)
    return {"square": f"{top},{left},{on.settings.covered.side}"}


def _has_difference(on: On) -> bool:
    if on.view != "sides" or on.both_fall is None:
        return False
    dense, cnn = on.both_fall
    at = int((dense - cnn).argmax())
    return bool(dense.flat[at] - cnn.flat[at] > _LITTLE and dense.flat[at] > 0)


def _fall(on: On, network: str) -> float:
    best = on.best(network)
    return float(on.prediction(network).scores[best] - on.covered(network)[best])


def _falls_more(before: On, after: On) -> bool:
    return _fall(after, DENSE) > max(0.0, _fall(after, CNN))


def _dense_scores(on: On) -> tuple[np.ndarray, np.ndarray]:
    return on.prediction(DENSE).scores, on.covered(DENSE)


def _is_the_boots_background(before: On, after: On) -> bool:
    square = after.settings.covered
    rows = slice(square.top, square.top + square.side)
    covered = after.shown.pixels[rows, square.left : square.left + square.side]
    return (
        after.truth == "Ankle boot"
        and not covered.any()
        and [round(100 * float(scores[after.best(DENSE)])) for scores in _dense_scores(after)]
        == [92, 8]
        and abs(_fall(after, CNN)) < _LITTLE
    )


ATTEMPTS: tuple[Attempt[On], ...] = (
    Attempt(
        key="dense_lecture",
        label="Unroll the lecture’s 4 × 3 grid",
        outcome="Twelve cells, small enough to follow each. Cells above and below each other end "
        "up 3 places apart.",
        changes=lambda on: {"dense_view": "unroll", "unrolled": "lecture", "dense_pixel": ""},
        check=_is_lecture,
        applies=_in("unroll"),
    ),
    Attempt(
        key="dense_last",
        label="Point at the bottom right pixel",
        outcome="It goes to the last place of the vector: the number of pixels minus 1, because "
        "counting starts at 0.",
        changes=lambda on: {"dense_pixel": _last(on)},
        check=_is_last,
        applies=_in("unroll"),
    ),
    Attempt(
        key="dense_garment",
        label="Unroll a garment",
        outcome="An ankle boot of 28 × 28 pixels. Most pixels at its rim are 0: black places all "
        "along the vector.",
        changes=lambda on: {"dense_view": "unroll", "unrolled": "garment", "garment": "0"},
        check=_is_zero_at_the_rim,
        applies=_in("unroll"),
    ),
    Attempt(
        key="dense_photograph",
        label="Count for a photograph of 12 megapixels",
        outcome="Each unit of the dense layer needs 36 million weights. The convolution needs as "
        "many weights as for a small picture with as many channels.",
        changes=lambda on: {"dense_view": "parameters", **size_changes(_PHOTOGRAPH)},
        check=_is_photograph,
        applies=_in("unroll", "parameters"),
    ),
    Attempt(
        key="dense_lecture_size",
        label="Count for the lecture’s 1050 × 700 × 3",
        outcome="A single unit of the dense layer has 2,205,000 weights.",
        changes=lambda on: {"dense_view": "parameters", **size_changes(_LECTURE)},
        check=_is_lecture_size,
        applies=_in("parameters"),
    ),
    Attempt(
        key="dense_double",
        label="Double width and height",
        outcome="The dense layer has 4 times as many weights, the convolution as many as before.",
        changes=_doubled,
        check=_is_four_times,
        applies=lambda on: (
            on.view == "parameters"
            and 2 * max(on.settings.size.height, on.settings.size.width) <= MOST_PIXELS
        ),
    ),
    Attempt(
        key="dense_shuffle",
        label="Shuffle all pixels",
        outcome="The same numbers, each at another place, and nothing to be recognized. Networks "
        "trained on such pictures still name more than 4 of 5 test pictures correctly.",
        changes=lambda on: {"dense_view": "shuffle", "shuffle_share": "100", "shuffle_block": "1"},
        check=_is_one_by_one,
        applies=_in("unroll", "shuffle"),
    ),
    Attempt(
        key="dense_shuffle_blocks",
        label="Shuffle blocks of 14 × 14 pixels",
        outcome="The four quarters of the picture change places. Inside each, everything is as it "
        "was. A CNN trained on such pictures loses less than 2 percentage points.",
        changes=lambda on: {"shuffle_share": "100", "shuffle_block": "14"},
        check=_is_in_blocks,
        applies=_in("shuffle"),
    ),
    Attempt(
        key="dense_shuffle_none",
        label="Shuffle nothing",
        outcome="Both pictures are the same, and every bar ends where its tick is.",
        changes=lambda on: {"shuffle_share": "0"},
        check=_is_unshuffled,
        applies=_in("shuffle"),
    ),
    Attempt(
        key="dense_boot",
        label="Cover empty background beside the boot",
        outcome="An extreme example: nothing of the boot is covered, yet for the dense network the "
        "probability of Ankle boot falls from 92 % to 8 %. For the CNN it changes by less than 5 "
        "percentage points.",
        changes=lambda on: {
            "dense_view": "sides",
            **_BOOT,
            "square": f"{_BOOT_SQUARE.top},{_BOOT_SQUARE.left},{_BOOT_SQUARE.side}",
        },
        check=_is_the_boots_background,
        applies=_in("unroll", "shuffle", "sides"),
    ),
    Attempt(
        key="dense_difference",
        label="Cover the place where the networks differ most",
        outcome="There the probability falls for the dense network, and less or not at all for the "
        "CNN.",
        changes=_place_of_difference,
        check=_falls_more,
        applies=_has_difference,
    ),
)
