"""The Kernel lab's settings as flat text: the same in the link, the controls and on the socket.

Every setting is one `Setting`: its default, how its text is read and refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.session.settings import Setting, by_key, number, one_of, read_all, whole
from cnn_core.activations import ACTIVATIONS
from cnn_core.feature_map import COMBINATIONS, POOL_KINDS, Recipe
from cnn_core.kernels.choice import KernelChoice, parse_kernel_choice

VIEWS = ("auto", "signed", "photo")
BORDERS = ("zeros", "reflect", "replicate", "circular")
PADDINGS = ("same", "valid", *(str(number) for number in range(1, 9)))
CONVENTIONS = ("correlation", "convolution")
STRIDE_MAX, DILATION_MAX, POOL_MAX, BIAS_MAX = 8, 8, 8, 255.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KernelLabSettings:
    """All settings of the Kernel lab, read and checked."""

    kernel: KernelChoice
    stride: int
    dilation: int
    padding: str
    border: str
    bias: float
    combine: str
    convention: str
    activation: str
    pooling: str
    pool_size: int
    view: str

    @property
    def recipe(self) -> Recipe:
        """The same settings as `cnn_core` takes them."""
        return Recipe(
            weights=self.kernel.weights,
            combine=self.combine,  # type: ignore[arg-type]  # checked against COMBINATIONS
            stride=self.stride,
            padding=int(self.padding) if self.padding.isdigit() else self.padding,  # type: ignore[arg-type]
            dilation=self.dilation,
            border=self.border,  # type: ignore[arg-type]  # checked against BORDERS
            bias=self.bias,
            flip=self.convention == "convolution",
            activation=self.activation,
            pooling=self.pooling,  # type: ignore[arg-type]  # checked against POOL_KINDS
            pool_size=self.pool_size,
        )

    @property
    def shows_signed(self) -> bool:
        """Whether the response is shown signed; "auto" decides by the sum of the weights.

        Weights that add up to zero answer with differences around zero; others keep a picture a
        picture.
        """
        if self.view != "auto":
            return self.view == "signed"
        weights = self.kernel.weights
        return bool(abs(weights.sum()) <= 1e-6 * max(1.0, float(abs(weights).sum())))


SETTINGS: Mapping[str, Setting] = by_key(
    Setting(key="kernel", name="kernel", default="sobel_x", read=parse_kernel_choice),
    Setting(key="stride", name="stride", default="1", read=whole(1, STRIDE_MAX)),
    Setting(key="dilation", name="dilation", default="1", read=whole(1, DILATION_MAX)),
    Setting(key="padding", name="padding", default="same", read=one_of(*PADDINGS)),
    Setting(key="border", name="border", default="zeros", read=one_of(*BORDERS)),
    Setting(key="bias", name="bias", default="0", read=number(-BIAS_MAX, BIAS_MAX)),
    Setting(key="combine", name="channels", default="channels", read=one_of(*COMBINATIONS)),
    Setting(key="convention", name="convention", default="correlation", read=one_of(*CONVENTIONS)),
    Setting(key="activation", name="activation", default="relu", read=one_of(*ACTIVATIONS)),
    Setting(key="pooling", name="pooling", default="max", read=one_of(*POOL_KINDS)),
    Setting(key="pool_size", name="pool size", default="2", read=whole(1, POOL_MAX)),
    Setting(key="view", name="view", default="auto", read=one_of(*VIEWS)),
)


def read_settings(texts: Mapping[str, object]) -> KernelLabSettings:
    """Read all settings; what is missing takes its default, what is unknown or wrong is refused.

    Raises:
        CnnCoreError: names the setting and says what it may be.

    >>> read_settings({"stride": "2"}).stride
    2
    """
    return KernelLabSettings(**read_all(SETTINGS, texts, owner="The Kernel lab"))
