"""The rows of the Kernel lab's control panel: two in sight, the rest behind two buttons."""

from collections.abc import Mapping
from dataclasses import replace

from app.browser.controls import Row, rows_of
from app.lessons.kernel_lab.settings import SETTINGS
from app.session.control import Menu, Slider, Stops
from cnn_core.kernels import BUILDERS
from cnn_core.kernels.choice import KernelChoice

FORMULA, MORE = "Formula", "More"
"""What is written on the buttons."""
_IN_SIGHT = ("activation", "pooling")
_NO_FORMULA = "none: painted or preset"


def control_rows(kernel: KernelChoice, texts: Mapping[str, str]) -> list[Row]:
    """All controls: what follows the response in sight, the formula and the rest behind buttons."""
    rows = rows_of(SETTINGS.values(), texts, shown_as=(Menu, Slider, Stops))
    return [
        *(row for row in rows if row.key in _IN_SIGHT),
        *(replace(row, fold=FORMULA) for row in formula_rows(kernel)),
        *(replace(row, fold=MORE) for row in rows if row.key not in _IN_SIGHT),
    ]


def formula_rows(kernel: KernelChoice) -> list[Row]:
    """The menu of formulas, and the numbers of the one that makes the kernel, if one does."""
    menu = Row(
        key="formula",
        value=kernel.formula,
        default="",
        control=Menu(
            label="Formula",
            options=(("", _NO_FORMULA), *((key, one.name) for key, one in BUILDERS.items())),
            help="A formula makes the kernel from a few numbers: a Gaussian, a Gabor, motion blur…",
        ),
        alone=True,
    )
    if not kernel.formula:
        return [menu]
    return [
        menu,
        *(
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
        ),
    ]
