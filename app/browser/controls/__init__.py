"""Rows of sliders and menus that report while they are moved."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from app.browser.component import component
from app.live.published import addressed
from app.session.control import Control, Menu, Slider, Stops
from app.session.settings import Setting

_KINDS = {Slider: "range", Stops: "stops", Menu: "choice"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A control, and what it shows now.

    Attributes:
        key: the setting it belongs to.
        value: the text chosen.
        default: the text that a double click brings back.
        control: how it is shown.
        parameter: the kernel formula's parameter it is, or "" for a setting.
        disabled: whether it is greyed out.
        fold: the label of the button it is behind, or "" where it is always shown.
        alone: whether it is no setting: a change of it is reported by itself, and not previewed.
    """

    key: str
    value: str
    default: str
    control: Control
    parameter: str = ""
    disabled: bool = False
    fold: str = ""
    alone: bool = False

    @property
    def data(self) -> dict[str, Any]:
        """The row as JSON holds it; its "kind" tells the component which control it is."""
        shown = {
            name: what() if callable(what) else what
            for name, what in asdict(self.control).items()
            if name != "disabled_by"
        }
        return {
            **shown,
            "key": self.key,
            "value": self.value,
            "default": self.default,
            "parameter": self.parameter,
            "disabled": self.disabled,
            "fold": self.fold,
            "alone": self.alone,
            "kind": _KINDS[type(self.control)],
        }


def rows_of(
    settings: Iterable[Setting], texts: Mapping[str, str], *, shown_as: tuple[type[Control], ...]
) -> list[Row]:
    """Make a row of every setting that has one of these controls, in order.

    Args:
        settings: a lesson's settings.
        texts: what is chosen, by key.
        shown_as: which controls are wanted.
    """
    return [
        Row(
            key=one.key,
            # A link may say 5.0 where the slider says 5.
            value=f"{one.read(texts[one.key]):g}"
            if isinstance(one.control, Slider)
            else texts[one.key],
            default=one.default,
            control=one.control,
            disabled=one.control.disabled_by is not None
            and texts[one.control.disabled_by[0]] == one.control.disabled_by[1],
        )
        for one in settings
        if one.control is not None and isinstance(one.control, shown_as)
    ]


def controls(
    rows: Sequence[Row],
    *,
    lab: str,
    key: str,
    on_change: Callable[[], None],
    formula: str = "",
    layout: Literal["down", "line"] = "down",
) -> None:
    """Show the rows; `on_change` is called on release, with all settings in the state's `changes`.

    Args:
        rows: what to show, top to bottom; add and leave out rows freely.
        lab: the live view they drive.
        key: the component's key in the session.
        on_change: called after a release.
        layout: "down" puts each control on a line of its own, "line" puts them side by side.
        formula: key of the kernel formula whose parameters are among the rows.
    """
    component(__file__)(
        key=key,
        data=addressed(
            {
                "lab": lab,
                "formula": formula,
                "layout": layout,
                "rows": [row.data for row in rows],
            }
        ),
        on_changes_change=on_change,
    )
