"""How a setting is shown as a control: a slider, a slider over words, a menu."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Slider:
    """A number from `min` to `max`.

    Attributes:
        label: its name beside the control.
        help: a sentence for who rests on it.
        unit: written behind the number.
        disabled_by: the key and the text of another setting that makes this one meaningless.
    """

    label: str
    min: float
    max: float
    step: float = 1
    help: str = ""
    unit: str = ""
    disabled_by: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stops:
    """A slider over words or numbers that stand in a row; see `Slider`."""

    label: str
    stops: Sequence[str]
    help: str = ""
    unit: str = ""
    disabled_by: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """One of several texts; `options` are pairs of a text and its name on the page.

    They may come from a function, where a registry lists them.
    """

    label: str
    options: Sequence[tuple[str, str]] | Callable[[], Sequence[tuple[str, str]]]
    help: str = ""
    disabled_by: tuple[str, str] | None = None


Control: TypeAlias = Slider | Stops | Menu
