"""What to try in the Kernel lab."""

import numpy as np

from app.guide.attempts import Attempt
from app.lessons.kernel_lab.claims import response_range
from app.lessons.kernel_lab.situation import KernelLabSituation

_PLAIN = {"stride": "1", "dilation": "1", "bias": "0", "combine": "channels", "padding": "same"}


def _differences(values: np.ndarray) -> float:
    """Mean absolute difference between neighbors, down and across."""
    values = values.astype(float)
    down, across = np.abs(np.diff(values, axis=0)), np.abs(np.diff(values, axis=1))
    return float((down.sum() + across.sum()) / max(1, down.size + across.size))


def _is_smoother(before: KernelLabSituation, after: KernelLabSituation) -> bool:
    # "edge repeated": the zeros around the picture would count as an edge.
    return _differences(after.response) <= _differences(before.picture.pixels) + 1e-3


def _is_flat_zero(before: KernelLabSituation, after: KernelLabSituation) -> bool:
    even = np.full((9, 9, 3), 70, np.uint8)
    return bool(np.allclose(after.response_to(even)[2:-2, 2:-2], 0, atol=1e-3))


def _is_halved(before: KernelLabSituation, after: KernelLabSituation) -> bool:
    whole, half = before.response.shape, after.response.shape
    return all(b == -(-a // 2) for a, b in zip(whole[:2], half[:2], strict=True))


def _is_brighter(before: KernelLabSituation, after: KernelLabSituation) -> bool:
    more = after.response - before.response
    return bool(np.allclose(more, 50 - before.layer.bias, atol=0.05))


def _is_one_map(before: KernelLabSituation, after: KernelLabSituation) -> bool:
    return before.response.ndim == 3 and after.response.ndim == 2


def _is_not_negative(before: KernelLabSituation, after: KernelLabSituation) -> bool:
    negative = before.response < 0
    return bool(np.all(after.activated[negative] == 0) and after.activated.min() >= 0)


def _is_mirrored_in_sign(before: KernelLabSituation, after: KernelLabSituation) -> bool:
    return bool(np.allclose(after.response, -before.response, atol=0.05))


ATTEMPTS: tuple[Attempt[KernelLabSituation], ...] = (
    Attempt(
        key="lab_blur",
        label="Blur with 9 × 9 equal weights",
        outcome="Each output is the mean of 81 pixels. Fine detail disappears, broad shapes stay.",
        changes=lambda on: {**_PLAIN, "kernel": "box_9", "border": "replicate"},
        check=_is_smoother,
    ),
    Attempt(
        key="lab_edges",
        label="Look for vertical edges",
        outcome="Where the picture does not change from left to right, the response is 0, away "
        "from the border.",
        changes=lambda on: {**_PLAIN, "kernel": "sobel_x"},
        check=_is_flat_zero,
    ),
    Attempt(
        key="lab_flip",
        label="Turn the kernel by 180°",
        outcome="Every response changes its sign: positive becomes negative, negative positive.",
        changes=lambda on: {"convention": "convolution"},
        check=_is_mirrored_in_sign,
        applies=lambda on: (
            on.settings.kernel.preset == "sobel_x"
            and not on.layer.flip
            and on.layer.bias == 0
            and on.is_drawn
        ),
    ),
    Attempt(
        key="lab_stride",
        label="Set the stride to 2",
        outcome="The response has half as many rows and columns, rounded up: every other one is "
        "left out.",
        changes=lambda on: {"stride": "2"},
        check=_is_halved,
        applies=lambda on: on.layer.stride == 1 and on.is_drawn and min(on.cells) > 1,
    ),
    Attempt(
        key="lab_bias",
        label="Set the bias to 50",
        outcome="50 is added to every number of the response.",
        changes=lambda on: {"bias": "50"},
        check=_is_brighter,
        applies=lambda on: on.layer.bias == 0 and on.facts.absolute < 1000 and on.is_drawn,
    ),
    Attempt(
        key="lab_sum",
        label="Add the three channels",
        outcome="Three responses become one, as in a network: one kernel makes one map.",
        changes=lambda on: {"combine": "sum"},
        check=_is_one_map,
        applies=lambda on: on.layer.combine == "depthwise" and on.is_drawn,
    ),
    Attempt(
        key="lab_relu",
        label="Use ReLU",
        outcome="Every negative number of the response becomes 0.",
        changes=lambda on: {"activation": "relu"},
        check=_is_not_negative,
        applies=lambda on: (
            on.layer.activation != "relu" and response_range(on)[0] < 0 and on.is_drawn
        ),
    ),
)
