"""Rows of sliders and menus that speak while they are moved."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from app.browser.bundle import component


@dataclass(frozen=True, slots=True, kw_only=True)
class Slider:
    """A number to slide.

    Attributes:
        key: the setting it belongs to, as text.
        parameter: the formula's parameter it is, or "" for an ordinary setting.
    """

    key: str
    label: str
    value: str
    default: str
    min: float
    max: float
    step: float
    help: str = ""
    unit: str = ""
    parameter: str = ""
    disabled: bool = False
    kind: str = "range"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stops:
    """A slider over words or numbers that stand in a row."""

    key: str
    label: str
    value: str
    default: str
    stops: Sequence[str]
    help: str = ""
    unit: str = ""
    disabled: bool = False
    kind: str = "stops"


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """One of several words, with what each is called."""

    key: str
    label: str
    value: str
    options: Sequence[tuple[str, str]]
    help: str = ""
    disabled: bool = False
    kind: str = "choice"


def controls(
    rows: Sequence[Slider | Stops | Menu],
    *,
    lab: str,
    key: str,
    on_change: Callable[[], None],
    formula: str = "",
    layout: Literal["down", "across"] = "down",
) -> None:
    """Show the rows; `on_change` is called on release, with all settings in the state's `changes`.

    Args:
        rows: what to show, top to bottom; add and leave out rows freely.
        lab: the live view they drive.
        key: the component's key in the session.
        on_change: called after a release.
        layout: "down" puts the label in front of each control, "across" above it.
        formula: key of the kernel formula whose parameters are among the rows.
    """
    component(__file__)(
        key=key,
        data={
            "lab": lab,
            "formula": formula,
            "layout": layout,
            "rows": [asdict(row) for row in rows],
        },
        on_changes_change=on_change,
    )
