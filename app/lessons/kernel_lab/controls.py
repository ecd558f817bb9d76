"""The rows of the Kernel lab's control panel."""

from app.browser.controls import Menu, Slider, Stops
from app.lessons.kernel_lab.settings import (
    BIAS_MAX,
    BORDERS,
    DILATION_MAX,
    PADDINGS,
    POOL_MAX,
    SETTINGS,
    STRIDE_MAX,
    KernelLabSettings,
)
from cnn_core.activations import ACTIVATIONS
from cnn_core.kernels import BUILDERS
from cnn_core.kernels.choice import KernelChoice

_BORDER_NAMES = {
    "zeros": "zeros",
    "reflect": "mirrored",
    "replicate": "edge repeated",
    "circular": "wrapped around",
}


def formula_rows(kernel: KernelChoice) -> list[Slider]:
    """The numbers of the formula that makes the kernel; none for other kernels."""
    if not kernel.formula:
        return []
    return [
        Slider(
            key=f"formula_{one.key}",
            parameter=one.key,
            label=one.name,
            value=f"{kernel.values[one.key]:g}",
            default=f"{one.default:g}",
            min=one.low,
            max=one.high,
            step=one.step,
            unit=one.unit if one.unit == "°" else f" {one.unit}".rstrip(),
        )
        for one in BUILDERS[kernel.formula].parameters
    ]


def number_rows(settings: KernelLabSettings) -> list[Slider | Stops]:
    """Stride, padding, dilation, bias and the size of pooling."""
    return [
        _whole(
            "stride", "Stride", settings.stride, STRIDE_MAX, "How far the window moves each time"
        ),
        Stops(
            key="padding",
            label="Padding",
            value=settings.padding,
            default=SETTINGS["padding"].default,
            stops=PADDINGS,
            help="Cells around the picture: none (valid), what keeps its size (same), a number",
        ),
        _whole(
            "dilation",
            "Dilation",
            settings.dilation,
            DILATION_MAX,
            "Distance between the kernel's taps",
        ),
        Slider(
            key="bias",
            label="Bias",
            value=f"{settings.bias:g}",
            default=SETTINGS["bias"].default,
            min=-BIAS_MAX,
            max=BIAS_MAX,
            step=1,
            help="A number added to every answer, before the activation",
        ),
        _whole(
            "pool_size",
            "Pool size",
            settings.pool_size,
            POOL_MAX,
            "Side of the squares that pooling turns into one cell",
            disabled=settings.pooling == "none",
        ),
    ]


def choice_rows(settings: KernelLabSettings) -> list[Menu]:
    """What is one of several words."""
    return [
        Menu(
            key="combine",
            label="Channels",
            value=settings.combine,
            options=(
                ("channels", "each apart"),
                ("sum", "summed"),
                ("gray", "gray"),
            ),
            help="A filter takes red, green and blue apart; a network's kernel adds its answers",
        ),
        Menu(
            key="activation",
            label="Activation",
            value=settings.activation,
            options=tuple((one.key, one.name) for one in ACTIVATIONS.values()),
            help="What is done to each answer before it is passed on",
        ),
        Menu(
            key="pooling",
            label="Pooling",
            value=settings.pooling,
            options=(("max", "max"), ("average", "average"), ("none", "none")),
            help="How a square of cells becomes one",
        ),
        Menu(
            key="border",
            label="Border",
            value=settings.border,
            options=tuple((one, _BORDER_NAMES[one]) for one in BORDERS),
            help="What stands in the padding",
        ),
        Menu(
            key="convention",
            label="Kernel laid on",
            value=settings.convention,
            options=(("correlation", "as it is"), ("convolution", "turned 180°")),
            help="As it is, in networks (correlation); turned first, in mathematics (convolution)",
        ),
        Menu(
            key="view",
            label="Shown as",
            value=settings.view,
            options=(
                ("auto", "auto"),
                ("signed", "signed"),
                ("photo", "photograph"),
            ),
            help="Signed: zero is neutral, each sign has a color. Photograph: clipped to 0..255. "
            "Auto: signed for kernels whose weights add up to zero",
        ),
    ]


def _whole(
    key: str, label: str, value: int, high: int, help_text: str, *, disabled: bool = False
) -> Slider:
    return Slider(
        key=key,
        label=label,
        value=str(value),
        default=SETTINGS[key].default,
        min=1,
        max=high,
        step=1,
        help=help_text,
        disabled=disabled,
    )
