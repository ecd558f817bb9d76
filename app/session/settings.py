"""Settings as text: what a link, a control or a live message may say, and how it is read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cnn_core.errors import CnnCoreError


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One setting as text.

    Attributes:
        key: its name in links, messages and specs.
        name: its name in a sentence.
        default: its text when nothing was chosen.
        read: turns text into a value; raises CnnCoreError with a sentence.
    """

    key: str
    name: str
    default: str
    read: Callable[[str], Any]


def read_field(field: Field, text: object) -> Any:
    """Read one setting; raises CnnCoreError with a sentence that names it.

    >>> read_field(Field(key="stride", name="stride", default="1", read=whole(1, 8)), "3")
    3
    """
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        raise CnnCoreError(f"The {field.name} should be a word or a number.")
    try:
        return field.read(str(text))
    except CnnCoreError as error:
        raise CnnCoreError(f"The {field.name} cannot be used: {error}") from error


def one_of(*allowed: str) -> Callable[[str], str]:
    """Accept one of these words."""

    def read(text: str) -> str:
        if text not in allowed:
            raise CnnCoreError(f"it is one of {', '.join(allowed)}, not {text[:40]!r}.")
        return text

    return read


def whole(low: int, high: int) -> Callable[[str], int]:
    """Accept a whole number in a range, both ends included."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 6 and low <= int(text) <= high):
            raise CnnCoreError(f"it is a whole number from {low} to {high}, not {text[:40]!r}.")
        return int(text)

    return read


def number(low: float, high: float) -> Callable[[str], float]:
    """Accept a number in a range, both ends included; never "nan" or "inf"."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise CnnCoreError(f"it is a number from {low:g} to {high:g}, not {text[:40]!r}.")
        return value

    return read
