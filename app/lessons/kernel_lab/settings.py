"""The Kernel lab's settings as flat text: the same in the link, the controls and on the socket.

A setting is one `Setting` in `SETTINGS`: its default, how its text is read and refused, the control
that shows it, and the argument of `cnn_core.feature_map.LayerSettings` that takes its value.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.session.control import Menu, Slider, Stops
from app.session.settings import (
    Setting,
    by_key,
    named,
    number,
    one_of,
    read_all,
    registered_in,
    translated,
    whole,
)
from cnn_core import activations
from cnn_core.feature_map import POOL_KINDS, LayerSettings
from cnn_core.kernels.choice import KernelChoice, parse_kernel_choice

STRIDE_MAX, DILATION_MAX, POOL_MAX, BIAS_MAX, PADDING_MAX = 8, 8, 8, 255.0, 8
MUCH = 0.2
"""The share of negative outputs from which a response is no photograph any more."""
_EVERY = 4  # of the cells, as many are looked at down and across
_PADDINGS = {
    "same": "same",
    "valid": "valid",
    **{str(cells): cells for cells in range(1, PADDING_MAX + 1)},
}
_BORDERS = {
    "zeros": "zeros",
    "reflect": "mirrored",
    "replicate": "edge repeated",
    "circular": "wrapped around",
}
_COMBINATIONS = {"channels": "separate", "sum": "added", "gray": "gray"}
_COMBINE_OF_TEXT = {"channels": "depthwise", "sum": "sum", "gray": "gray"}
_POOLINGS = {"max": "max", "average": "average", "none": "none"}
_VIEWS = {"auto": "auto", "signed": "signed", "photo": "photograph"}


def _activation_names() -> dict[str, str]:
    return {one.key: one.title for one in activations.ACTIVATIONS.values()}


@dataclass(frozen=True, slots=True, kw_only=True)
class KernelLabSettings:
    """All settings of the Kernel lab, read and checked.

    Attributes:
        kernel: the kernel and where it comes from.
        layer: the same kernel and all settings that compute, as `cnn_core` takes them.
        view: how the response is shown: "auto", "signed" or "photo".
    """

    kernel: KernelChoice
    layer: LayerSettings
    view: str

    @property
    def possible(self) -> float:
        """No response to pixels of 0 to 255 has a larger magnitude than this."""
        maps = 3 if self.layer.combine == "sum" else 1
        return 255 * maps * float(abs(self.layer.weights).sum()) + abs(self.layer.bias)

    def shows_signed(self, response: np.ndarray) -> bool:
        """Whether a response, float32 (H, W[, 3]), is shown signed; "auto" decides by what it is.

        A kernel whose weights add up to zero has outputs on both sides of zero, on any picture.
        With others the response is still a picture, unless much of it is negative, as with weights
        that nearly cancel.
        """
        if self.view != "auto":
            return self.view == "signed"
        weights = self.kernel.weights
        if abs(weights.sum()) <= 1e-6 * max(1.0, float(abs(weights).sum())):
            return True
        if weights.min() >= 0:
            return False  # the bias alone moves it below zero
        some = response[::_EVERY, ::_EVERY]
        return bool(np.count_nonzero(some < 0) > MUCH * some.size)


SETTINGS: Mapping[str, Setting] = by_key(
    Setting(key="kernel", name="kernel", default="sobel_x", read=parse_kernel_choice),
    Setting(
        key="stride",
        name="stride",
        default="1",
        read=whole(1, STRIDE_MAX),
        control=Slider(
            label="Stride", min=1, max=STRIDE_MAX, help="How many pixels the kernel moves each time"
        ),
        argument="stride",
    ),
    Setting(
        key="padding",
        name="padding",
        default="same",
        read=translated(_PADDINGS),
        control=Stops(
            label="Padding",
            stops=tuple(_PADDINGS),
            help="Cells added around the picture: none (valid), as many as keep its size (same)",
        ),
        argument="padding",
    ),
    Setting(
        key="dilation",
        name="dilation",
        default="1",
        read=whole(1, DILATION_MAX),
        control=Slider(
            label="Dilation",
            min=1,
            max=DILATION_MAX,
            help="Distance between the pixels that are multiplied",
        ),
        argument="dilation",
    ),
    Setting(
        key="bias",
        name="bias",
        default="0",
        read=number(-BIAS_MAX, BIAS_MAX),
        control=Slider(
            label="Bias",
            min=-BIAS_MAX,
            max=BIAS_MAX,
            help="A number added to every sum, before the activation",
        ),
        argument="bias",
    ),
    Setting(
        key="pool_size",
        name="pool size",
        default="2",
        read=whole(1, POOL_MAX),
        control=Slider(
            label="Pool size",
            min=1,
            max=POOL_MAX,
            help="Side of the squares that become one cell",
            disabled_by=("pooling", "none"),
        ),
        argument="pool_size",
    ),
    Setting(
        key="combine",
        name="channels",
        default="channels",
        read=translated(_COMBINE_OF_TEXT, _COMBINATIONS),
        control=Menu(
            label="Channels",
            options=tuple(_COMBINATIONS.items()),
            help="Separate: a response for each color. Added: one for all three, as in a network",
        ),
        argument="combine",
    ),
    Setting(
        key="activation",
        name="activation",
        default="relu",
        read=registered_in(_activation_names),
        control=Menu(
            label="Activation",
            options=lambda: tuple(_activation_names().items()),
            help="The function applied to each sum",
        ),
        argument="activation",
    ),
    Setting(
        key="pooling",
        name="pooling",
        default="max",
        read=one_of(*POOL_KINDS),
        control=Menu(
            label="Pooling",
            options=tuple(_POOLINGS.items()),
            help="How a square of cells becomes one cell",
        ),
        argument="pooling",
    ),
    Setting(
        key="border",
        name="border",
        default="zeros",
        read=named(_BORDERS),
        control=Menu(
            label="Border",
            options=tuple(_BORDERS.items()),
            help="Which numbers are put around the picture",
        ),
        argument="border",
    ),
    Setting(
        key="convention",
        name="convention",
        default="correlation",
        read=translated({"correlation": False, "convolution": True}),
        control=Menu(
            label="Flip the kernel",
            options=(("correlation", "no"), ("convolution", "yes")),
            help="Yes: turned by 180° first, as mathematics defines convolution. Networks do not",
        ),
        argument="flip",
    ),
    Setting(
        key="view",
        name="view",
        default="auto",
        read=named(_VIEWS),
        control=Menu(
            label="Shown as",
            options=tuple(_VIEWS.items()),
            help="Signed: a color for negative and one for positive numbers. "
            "Photograph: 0 to 255, the rest is cut off. "
            "Auto: signed where many numbers are negative",
        ),
    ),
)


def read_settings(texts: Mapping[str, object]) -> KernelLabSettings:
    """Read all settings; what is missing takes its default, what is unknown or wrong is refused.

    Raises:
        CnnCoreError: names the setting and says what it may be.

    >>> read_settings({"stride": "2"}).layer.stride
    2
    """
    read = read_all(SETTINGS, texts, owner="The Kernel lab")
    kernel = read.pop("kernel")
    arguments = {one.argument: read.pop(key) for key, one in SETTINGS.items() if one.argument}
    return KernelLabSettings(
        kernel=kernel, layer=LayerSettings(weights=kernel.weights, **arguments), **read
    )
