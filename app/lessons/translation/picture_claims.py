"""What to notice where the picture in use is shifted."""

import numpy as np

from app.drawing.numbers import counted, number_text, percent_text
from app.guide.claims import Claim
from app.lessons.translation.situation import TranslationSituation as On
from app.lessons.translation.words import way_text
from cnn_core.convolution import convolve
from cnn_core.translation import DOWNSAMPLINGS, downsample, translate

_NEAR = 1e-3


def _picture(on: On) -> bool:
    return on.view == "picture"


def _shifts(on: On) -> bool:
    """Whether the shift changes a pixel: it does not in an even picture."""
    return _picture(on) and any(on.by) and on.maps_of_all["none"].error(on.by) > 0


def _pools(on: On) -> bool:
    return _shifts(on) and on.settings.downsampling != "none"


def _name(on: On) -> str:
    return DOWNSAMPLINGS[on.settings.downsampling]


def _direct(on: On) -> tuple[np.ndarray, np.ndarray]:
    """Both maps, each computed from a whole picture."""
    kind, layers = on.settings.downsampling, on.settings.layers
    moved = translate(on.image, on.by)
    return downsample(on.image, kind, layers=layers), downsample(moved, kind, layers=layers)


def _mean_square(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.mean(np.square(one.astype(np.float64) - other)))


def _is_near(found: float, expected: float) -> bool:
    return abs(found - expected) <= _NEAR * max(1.0, expected)


def _same_pixels(on: On) -> str:
    return (
        "What leaves on one side of the picture enters on the other. So both pictures have the "
        "same pixels, and only their places differ."
    )


def _place(on: On) -> str:
    none, error = on.maps_of_all["none"].error(on.by), on.maps.error(on.by)
    return (
        f"In the same place, the pixels differ by an MSE of **{number_text(none, digits=3)}**. "
        f"After {_name(on).lower()} it is **{number_text(error, digits=3)}**, "
        f"{_share(error / none)}."
    )


def _share(share: float) -> str:
    if share <= 1:
        return f"{percent_text(share)} of that"
    return f"{number_text(share, digits=3)} times that"


def _is_place(on: On) -> bool:
    none = _mean_square(on.image, translate(on.image, on.by))
    error = _mean_square(*_direct(on))
    return _is_near(on.maps_of_all["none"].error(on.by), none) and _is_near(
        on.maps.error(on.by), error
    )


def _whole(on: On) -> str:
    rows, columns = (length // on.maps.stride for length in on.by)
    return (
        f"{way_text(on.by).capitalize()} is a multiple of the total stride of {on.maps.stride} px: "
        f"the map is the same, moved by {_lines_text(abs(rows), abs(columns))} of cells. Where the "
        f"input is "
        "moved and the output moves with it, one speaks of **equivariance**; a convolution with "
        "stride 1 has it for every shift by whole pixels."
    )


def _is_whole(on: On) -> bool:
    before, after = _direct(on)
    cells = tuple(length // on.maps.stride for length in on.by)
    return bool(np.allclose(np.roll(before, cells, axis=(0, 1)), after, atol=_NEAR))


def _is_hidden(on: On) -> bool:
    """Whether the layer gives the same map for the shifted picture, and every pixel moved."""
    return _pools(on) and on.maps.hides(on.by)


def _not_whole(on: On) -> str:
    error = on.maps.error_moved_along(on.by)
    return (
        f"{way_text(on.by).capitalize()} is **no multiple** of the total stride of "
        f"{on.maps.stride} px, so other pixels share a window. Moved along by the shift, the maps "
        f"still differ by an MSE of **{number_text(error, digits=3)}**."
    )


def _is_not_whole(on: On) -> bool:
    stride = on.maps.stride
    before, after = (one.repeat(stride, 0).repeat(stride, 1) for one in _direct(on))
    error = _mean_square(np.roll(before, on.by, axis=(0, 1)), after)
    return any(length % stride for length in on.by) and _is_near(
        on.maps.error_moved_along(on.by), error
    )


def _blur_errors(on: On) -> tuple[float, float]:
    maps = on.maps_of_all
    return maps["max"].error_moved_along(on.by), maps["blur"].error_moved_along(on.by)


def _is_remedy(on: On) -> bool:
    if not _shifts(on) or on.maps_of_all["max"].is_whole(on.by):
        return False
    # Where max pooling hides the shift in place, there is nothing to be mended.
    sharp, blurred = _blur_errors(on)
    return blurred < sharp and not on.maps_of_all["max"].hides(on.by)


def _remedy(on: On) -> str:
    sharp, blurred = _blur_errors(on)
    return (
        "A remedy for max pooling is a **blur** before every second pixel is dropped: moved along, "
        f"the MSE is {number_text(blurred, digits=3)} instead of {number_text(sharp, digits=3)}. "
        "Details finer than the cells are blurred instead of becoming wrong values, which is "
        "called **aliasing** (Zhang, 2019). Average pooling is a blur, too."
    )


def _are_remedy(on: On) -> bool:
    layers, moved = on.settings.layers, translate(on.image, on.by)
    found = []
    for kind in ("max", "blur"):
        maps = (downsample(picture, kind, layers=layers) for picture in (on.image, moved))
        one, other = (each.repeat(2**layers, 0).repeat(2**layers, 1) for each in maps)
        found.append(_mean_square(np.roll(one, on.by, axis=(0, 1)), other))
    sharp, blurred = _blur_errors(on)
    return blurred < sharp and _is_near(sharp, found[0]) and _is_near(blurred, found[1])


def _cut(on: On) -> tuple[int, int]:
    height, width = on.picture.pixels.shape[:2]
    return height - on.image.shape[0], width - on.image.shape[1]


def _lines_text(rows: int, columns: int) -> str:
    parts = [counted(n, name) for n, name in ((rows, "row"), (columns, "column")) if n]
    return " and ".join(parts)


def _cut_text(on: On) -> str:
    rows, columns = _cut(on)
    return (
        f"The last {_lines_text(rows, columns)} of the picture are left out: its size then is a "
        f"multiple of {2**on.settings.layers} px, and every window lies in it."
    )


def _stride(on: On) -> str:
    return (
        f"**{DOWNSAMPLINGS['stride']}** here has a kernel of 1 × 1 with weight 1: each layer keeps "
        "every second pixel, in both directions, and drops the others."
    )


def _is_stride(on: On) -> bool:
    layers = on.settings.layers
    kept = on.image[:: 2**layers, :: 2**layers]
    first = on.image[: len(on.image) // 2 * 2, : on.image.shape[1] // 2 * 2]
    return np.array_equal(on.maps_of_all["stride"].at((0, 0)), kept) and np.array_equal(
        convolve(first, [[1.0]], stride=2), on.image[::2, ::2]
    )


PICTURE_CLAIMS: tuple[Claim[On], ...] = (
    Claim(
        key="same_pixels",
        applies=_picture,
        sentence=_same_pixels,
        check=lambda on: np.array_equal(
            np.sort(on.image, axis=None), np.sort(translate(on.image, on.by), axis=None)
        ),
    ),
    Claim(
        key="even",
        applies=lambda on: _picture(on) and any(on.by) and on.maps_of_all["none"].error(on.by) == 0,
        sentence=lambda on: (
            "This shift changes no pixel: each is as bright as the one that comes to its place. So "
            "no map changes."
        ),
        check=lambda on: np.array_equal(on.image, translate(on.image, on.by)),
    ),
    Claim(key="place", applies=_pools, sentence=_place, check=_is_place),
    Claim(
        key="whole",
        applies=lambda on: _pools(on) and on.maps.is_whole(on.by),
        sentence=_whole,
        check=_is_whole,
    ),
    Claim(
        key="hidden",
        applies=_is_hidden,
        sentence=lambda on: (
            "**The map is the same as before the shift**: where the input is moved and the output "
            "stays, one speaks of **invariance**. Here it holds for this picture and this shift."
        ),
        check=lambda on: np.array_equal(*_direct(on)),
    ),
    Claim(
        key="not_whole",
        applies=lambda on: _pools(on) and not on.maps.is_whole(on.by),
        sentence=_not_whole,
        check=_is_not_whole,
    ),
    Claim(key="stride", applies=_picture, sentence=_stride, check=_is_stride),
    Claim(key="remedy", applies=_is_remedy, sentence=_remedy, check=_are_remedy),
    Claim(
        key="cut",
        applies=lambda on: _picture(on) and any(_cut(on)),
        sentence=_cut_text,
        check=lambda on: all(
            (length - left) % 2**on.settings.layers == 0 and left < 2**on.settings.layers
            for length, left in zip(on.picture.pixels.shape, _cut(on), strict=False)
        ),
    ),
)
