"""The rows of the Kernel lab's two control panels: numbers beside the kernel, menus above."""

from collections.abc import Mapping

from app.browser.controls import Row, rows_of
from app.lessons.kernel_lab.settings import SETTINGS
from app.session.control import Menu, Slider, Stops
from cnn_core.kernels import BUILDERS
from cnn_core.kernels.choice import KernelChoice


def formula_rows(kernel: KernelChoice) -> list[Row]:
    """The numbers of the formula that makes the kernel; none for other kernels."""
    if not kernel.formula:
        return []
    return [
        Row(
            key=f"formula_{one.key}",
            parameter=one.key,
            value=f"{kernel.values[one.key]:g}",
            default=f"{one.default:g}",
            control=Slider(
                label=one.name,
                min=one.low,
                max=one.high,
                step=one.step,
                unit=one.unit if one.unit == "°" else f" {one.unit}".rstrip(),
            ),
        )
        for one in BUILDERS[kernel.formula].parameters
    ]


def number_rows(texts: Mapping[str, str]) -> list[Row]:
    """The settings that are shown as sliders."""
    return rows_of(SETTINGS.values(), texts, shown_as=(Slider, Stops))


def choice_rows(texts: Mapping[str, str]) -> list[Row]:
    """The settings that are shown as menus."""
    return rows_of(SETTINGS.values(), texts, shown_as=(Menu,))
