"""The Kernel lab's settings as flat text: the same in the link, the controls and on the socket.

Every setting is one `Field`: its default, how its text is read and refused. A new setting is one
line in `FIELDS` and one attribute of `cnn_core.feature_map.Recipe`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.session.settings import Field, number, one_of, read_field, whole
from cnn_core.activations import ACTIVATIONS
from cnn_core.errors import CnnCoreError
from cnn_core.feature_map import COMBINATIONS, POOL_KINDS, Recipe
from cnn_core.kernels.choice import KernelChoice, parse_kernel_choice

VIEWS = ("auto", "signed", "photo")
BORDERS = ("zeros", "reflect", "replicate", "circular")
PADDINGS = ("same", "valid", *(str(number) for number in range(1, 9)))
CONVENTIONS = ("correlation", "convolution")
STRIDE_MAX, DILATION_MAX, POOL_MAX, BIAS_MAX = 8, 8, 8, 255.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LabSpec:
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


_ALL = (
    Field(key="kernel", name="kernel", default="sobel_x", read=parse_kernel_choice),
    Field(key="stride", name="stride", default="1", read=whole(1, STRIDE_MAX)),
    Field(key="dilation", name="dilation", default="1", read=whole(1, DILATION_MAX)),
    Field(key="padding", name="padding", default="same", read=one_of(*PADDINGS)),
    Field(key="border", name="border", default="zeros", read=one_of(*BORDERS)),
    Field(key="bias", name="bias", default="0", read=number(-BIAS_MAX, BIAS_MAX)),
    Field(key="combine", name="channels", default="channels", read=one_of(*COMBINATIONS)),
    Field(key="convention", name="convention", default="correlation", read=one_of(*CONVENTIONS)),
    Field(key="activation", name="activation", default="relu", read=one_of(*ACTIVATIONS)),
    Field(key="pooling", name="pooling", default="max", read=one_of(*POOL_KINDS)),
    Field(key="pool_size", name="pool size", default="2", read=whole(1, POOL_MAX)),
    Field(key="view", name="view", default="auto", read=one_of(*VIEWS)),
)
FIELDS: Mapping[str, Field] = MappingProxyType({field.key: field for field in _ALL})


def read_spec(texts: Mapping[str, object]) -> LabSpec:
    """Read a whole spec; what is missing takes its default, what is unknown or wrong is refused.

    Raises:
        CnnCoreError: names the setting and says what it may be.

    >>> read_spec({"stride": "2"}).stride
    2
    """
    if unknown := set(texts) - set(FIELDS):
        raise CnnCoreError(
            f"The Kernel lab has no setting called {sorted(map(str, unknown))[0][:40]!r}."
        )
    return LabSpec(
        **{key: read_field(field, texts.get(key, field.default)) for key, field in FIELDS.items()}
    )
