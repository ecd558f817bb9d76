"""What to notice in the Kernel lab."""

from dataclasses import replace

import numpy as np

from app.drawing.numbers import close_text, number_text
from app.guide.claims import Claim, always
from app.lessons.kernel_lab.formula_claim import FORMULA_CLAIM
from app.lessons.kernel_lab.order_claims import ORDER_CLAIMS, pools
from app.lessons.kernel_lab.place_claim import PLACE_CLAIM
from app.lessons.kernel_lab.retina_claim import RETINA_CLAIM
from app.lessons.kernel_lab.situation import KernelLabSituation
from cnn_core.geometry import resolve_padding
from cnn_core.kernels import BUILDERS, KERNELS, separate

EVEN = 100
"""The brightness of an even picture, in sentences and in their checks."""


def response_where_even(on: KernelLabSituation, value: float = EVEN) -> float:
    """Return the response where red, green and blue of all pixels under the kernel are `value`."""
    return value * _total(on) * on.maps_added + on.layer.bias


def _total(on: KernelLabSituation) -> float:
    """The sum of the weights, without what rounding leaves of one that is 0."""
    return 0.0 if on.facts.zero_mean else on.facts.total


def response_range(on: KernelLabSituation) -> tuple[float, float]:
    """Return the lowest and the highest response that pixels of 0 to 255 can give."""
    low, high = (extreme * on.maps_added + on.layer.bias for extreme in on.facts.answers)
    return low, high


def _kernel_note(on: KernelLabSituation) -> str:
    kernel = on.settings.kernel
    note = KERNELS[kernel.preset].note if kernel.preset else BUILDERS[kernel.formula].note
    name = f"**{kernel.name}**"
    return f"{name}: {note}" if on.is_plain else f"{name}, by itself on one channel: {note}"


def _even(on: KernelLabSituation) -> str:
    each = " on each of the three channels" if on.maps_added == 3 else ""
    bias = f" (the bias is {number_text(on.layer.bias)})" if on.layer.bias else ""
    return (
        f"The weights add up to **{close_text(_total(on))}**{each}. Where all pixels under "
        f"the kernel are {EVEN}, the response is **{close_text(response_where_even(on))}**{bias}."
    )


def _is_even(on: KernelLabSituation) -> bool:
    # As large as the kernel, so that one window fits and covers nothing but the picture.
    height, width = on.layer.windows.effective_size
    picture = np.full((height, width, 3), EVEN, np.uint8)
    found = on.response_to(picture, replace(on.layer, padding="valid", stride=1))
    scale = EVEN * on.facts.absolute * on.maps_added + abs(on.layer.bias)
    return bool(np.allclose(found, response_where_even(on), rtol=0, atol=1e-5 * scale + 1e-30))


def _range(on: KernelLabSituation) -> str:
    low, high = response_range(on)
    if low == high:
        return f"The response is **{close_text(low)}** everywhere."
    return (
        f"Pixels lie between 0 and 255, so the response lies between **{close_text(low)}** and "
        f"**{close_text(high)}**."
    )


def _is_range(on: KernelLabSituation) -> bool:
    low, high = response_range(on)
    if low == high and not np.all(on.response == on.response.flat[0]):
        return False
    weights = on.layer.weights[::-1, ::-1] if on.layer.flip else on.layer.weights
    height, width = on.layer.windows.effective_size
    step, layer = on.layer.dilation, replace(on.layer, padding="valid", stride=1)
    found = []
    for wanted in (weights < 0, weights > 0):
        picture = np.zeros((height, width, 3), np.uint8)
        picture[::step, ::step][wanted] = 255
        found.append(float(on.response_to(picture, layer).max()))
    near = 1e-5 * (255 * on.facts.absolute * on.maps_added + abs(on.layer.bias)) + 1e-30
    inside = on.response
    return (
        bool(np.allclose(found, (low, high), rtol=0, atol=near))
        and low - near <= float(inside.min())
        and float(inside.max()) <= high + near
    )


def _two_passes(on: KernelLabSituation) -> str:
    height, width = on.facts.shape
    return (
        f"This kernel splits into two passes, one vertical and one horizontal. That takes "
        f"{height} + {width} = {height + width} products for an output instead of "
        f"{height} × {width} = {height * width}."
    )


def _is_two_passes(on: KernelLabSituation) -> bool:
    parts = separate(on.layer.weights)
    if parts is None:
        return False
    again = np.outer(parts.column, parts.row)
    return bool(np.allclose(again, on.layer.weights, atol=2e-6 * np.abs(again).max()))


def _is_sum_of_channels(on: KernelLabSituation) -> bool:
    apart = on.response_to(on.picture.pixels, replace(on.layer, combine="depthwise", bias=0.0))
    scale = 255 * 3 * on.facts.absolute + abs(on.layer.bias)
    expected = apart.sum(axis=2) + on.layer.bias
    return bool(np.allclose(on.response, expected, rtol=0, atol=1e-5 * scale + 1e-30))


def _is_gray_first(on: KernelLabSituation) -> bool:
    gray = np.repeat(on.source[:, :, None], 3, axis=2)
    again = on.response_to(gray, replace(on.layer, combine="depthwise"))
    return bool(np.allclose(again, on.response[:, :, None], atol=1e-3))


def _unturned(on: KernelLabSituation) -> np.ndarray:
    return on.response_to(on.picture.pixels, replace(on.layer, flip=False))


def _flip_changes_nothing(on: KernelLabSituation) -> bool:
    return "point" in on.facts.symmetries


def _flip_turns_the_sign(on: KernelLabSituation) -> bool:
    return "opposite point" in on.facts.symmetries and not _flip_changes_nothing(on)


def _near(on: KernelLabSituation, first: np.ndarray, second: np.ndarray) -> bool:
    scale = 255 * on.facts.absolute * on.maps_added + abs(on.layer.bias)
    return bool(np.allclose(first, second, rtol=0, atol=1e-5 * scale + 1e-30))


def _stride(on: KernelLabSituation) -> str:
    height, width = on.cells
    return (
        f"With stride {on.layer.stride} the kernel moves {on.layer.stride} pixels at a time, down "
        f"and across: the response has {height} × {width} cells."
    )


def _is_stride(on: KernelLabSituation) -> bool:
    every = on.response_to(on.picture.pixels, replace(on.layer, stride=1))
    step = on.layer.stride
    taken = every[::step, ::step]
    return taken.shape[:2] == on.cells and _near(on, taken, on.response)


def _zeros_around(on: KernelLabSituation) -> bool:
    layer = on.layer
    padded = resolve_padding(
        layer.padding, size=on.facts.shape, dilation=(layer.dilation, layer.dilation)
    )
    only_adds = bool((layer.weights > 0).all())
    return only_adds and layer.border == "zeros" and all(min(pair) > 0 for pair in padded)


def _is_darker_at_the_edge(on: KernelLabSituation) -> bool:
    picture = np.full((*(2 * np.array(on.layer.windows.effective_size) + 8), 3), EVEN, np.uint8)
    found = on.response_to(picture, replace(on.layer, stride=1))
    middle = found[found.shape[0] // 2, found.shape[1] // 2]
    return bool(np.all(found[0, 0] < middle) and np.all(found[-1, -1] < middle))


def _pooling(on: KernelLabSituation) -> str:
    size = on.layer.pool_size
    what = "the largest" if on.layer.pooling == "max" else "the mean"
    height, width = on.cells
    rest = height % size or width % size
    dropped = " The cells left over at the end are dropped." if rest else ""
    return (
        f"{on.layer.pooling.capitalize()} pooling keeps {what} of each {size} × {size} cells: "
        f"{height} × {width} cells become {height // size} × {width // size}.{dropped}"
    )


def _is_pooling(on: KernelLabSituation) -> bool:
    if on.pooled is None:
        return False
    size = on.layer.pool_size
    first = on.activated[:size, :size]
    reduced = first.max(axis=(0, 1)) if on.layer.pooling == "max" else first.mean(axis=(0, 1))
    sides = tuple(side // size for side in on.activated.shape[:2])
    near = 1e-5 * float(np.abs(first).max()) + 1e-30
    close = np.allclose(on.pooled[0, 0], reduced, rtol=0, atol=near, equal_nan=True)
    return bool(close) and on.pooled.shape[:2] == sides


CLAIMS: tuple[Claim[KernelLabSituation], ...] = (
    Claim(
        key="kernel",
        applies=lambda on: bool(on.settings.kernel.preset or on.settings.kernel.formula),
        sentence=_kernel_note,
        # What each note says of its kernel is checked kernel by kernel, in a test of the notes.
        check=lambda on: not on.is_plain or on.layer.bias == 0,
    ),
    FORMULA_CLAIM,
    RETINA_CLAIM,
    PLACE_CLAIM,
    Claim(key="even", applies=always, sentence=_even, check=_is_even),
    Claim(key="range", applies=always, sentence=_range, check=_is_range),
    Claim(
        key="two_passes",
        applies=lambda on: (
            on.facts.rank == 1
            and min(on.facts.shape) > 1
            and sum(on.facts.shape) < on.facts.shape[0] * on.facts.shape[1]
        ),
        sentence=_two_passes,
        check=_is_two_passes,
    ),
    Claim(
        key="sum",
        applies=lambda on: on.layer.combine == "sum",
        sentence=lambda on: (
            "Red, green and blue are each multiplied by the kernel, and the three results are "
            "**added**: three channels go in, one map comes out."
        ),
        check=_is_sum_of_channels,
    ),
    Claim(
        key="gray",
        applies=lambda on: on.layer.combine == "gray",
        sentence=lambda on: (
            "The picture is turned gray first: a matrix with one number per pixel, 0 for black."
        ),
        check=_is_gray_first,
    ),
    Claim(
        key="flip_same",
        applies=lambda on: on.layer.flip and _flip_changes_nothing(on),
        sentence=lambda on: (
            "Turned by 180°, this kernel is the same, so convolution and correlation agree."
        ),
        check=lambda on: _near(on, on.response, _unturned(on)),
    ),
    Claim(
        key="flip_sign",
        # Turned, an even-sized kernel also moves by a pixel where "same" padding is uneven.
        applies=lambda on: on.layer.flip and _flip_turns_the_sign(on),
        sentence=lambda on: (
            "Turned by 180°, every weight of this kernel changes its sign, and so does its share "
            "of the response."
        ),
        check=lambda on: _near(on, on.response - on.layer.bias, on.layer.bias - _unturned(on)),
    ),
    Claim(
        key="flip_other",
        applies=lambda on: (
            on.layer.flip and not _flip_changes_nothing(on) and not _flip_turns_the_sign(on)
        ),
        sentence=lambda on: (
            "The kernel is turned by 180° before it is used, as mathematics defines convolution. "
            "Turned, this one is a different kernel."
        ),
        check=lambda on: not np.allclose(on.layer.weights, on.layer.weights[::-1, ::-1]),
    ),
    Claim(
        key="stride",
        applies=lambda on: on.layer.stride > 1,
        sentence=_stride,
        check=_is_stride,
    ),
    Claim(
        key="dark_edge",
        applies=_zeros_around,
        sentence=lambda on: (
            "Around the picture there are zeros. This kernel adds them in at the edge, so a "
            "uniform area gets darker there."
        ),
        check=_is_darker_at_the_edge,
    ),
    Claim(
        key="pooling",
        applies=pools,
        sentence=_pooling,
        check=_is_pooling,
    ),
    *ORDER_CLAIMS,
)
