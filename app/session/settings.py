"""Settings as text: what a link, a control or a live message may say, and how it is read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from app.session.control import Control
from cnn_core.errors import CnnCoreError, quoted
from cnn_core.number_grammar import parse_number

Misfits: TypeAlias = Callable[[Mapping[str, str]], Mapping[str, str]]
"""Takes the texts of a lesson's settings, all of which can be read. Returns those that mean nothing
in what the page shows, by key, each with a sentence that says what is allowed; or with "", where
it only went along with another one, as a column does with a layer that is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting as text.

    Attributes:
        key: its name in links, messages and the session.
        name: its name in a sentence.
        default: its text when nothing was chosen.
        read: turns text into a value; raises CnnCoreError with a sentence.
        control: how a page shows it, None where it has no control of this kind.
        argument: the argument of the lesson's computation that takes its value, "" if none does.
    """

    key: str
    name: str
    default: str
    read: Callable[[str], Any]
    control: Control | None = None
    argument: str = ""


def by_key(*settings: Setting) -> Mapping[str, Setting]:
    """List settings by their keys, in this order.

    Raises:
        ValueError: if two have the same key.

    >>> stride = Setting(key="stride", name="stride", default="1", read=whole(1, 8))
    >>> list(by_key(stride))
    ['stride']
    """
    listed = {setting.key: setting for setting in settings}
    if len(listed) < len(settings):
        keys = [setting.key for setting in settings]
        raise ValueError(f"Settings known twice: {sorted({k for k in keys if keys.count(k) > 1})}")
    return MappingProxyType(listed)


def read_setting(setting: Setting, text: object) -> Any:
    """Read one setting; raises CnnCoreError with a sentence that names it.

    >>> read_setting(Setting(key="stride", name="stride", default="1", read=whole(1, 8)), "3")
    3
    """
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        raise CnnCoreError(f"The {setting.name} should be a word or a number.")
    try:
        return setting.read(str(text))
    except CnnCoreError as error:
        raise CnnCoreError(f"The {setting.name} cannot be used: {error}") from error


def read_all(
    settings: Mapping[str, Setting], texts: Mapping[str, object], *, owner: str
) -> dict[str, Any]:
    """Read all of a lesson's settings, by key; what is missing takes its default.

    Args:
        settings: the lesson's.
        texts: what was chosen.
        owner: the lesson's name, for the sentence of a refusal.

    Raises:
        CnnCoreError: if a setting is unknown or cannot be read; names it.

    >>> stride = Setting(key="stride", name="stride", default="1", read=whole(1, 8))
    >>> read_all(by_key(stride), {}, owner="The lesson")
    {'stride': 1}
    """
    if unknown := set(texts) - set(settings):
        first = sorted(map(str, unknown))[0]
        raise CnnCoreError(f"{owner} has no setting called {quoted(first)}.")
    return {key: read_setting(one, texts.get(key, one.default)) for key, one in settings.items()}


def merged(groups: Iterable[Mapping[str, Setting]]) -> Mapping[str, Setting]:
    """Put the settings of several lessons together.

    Lessons may share a setting, which is then the same object; two different ones under one key
    would overwrite each other in the link.

    Raises:
        ValueError: if two different settings have the same key.
    """
    together: dict[str, Setting] = {}
    for settings in groups:
        for key, setting in settings.items():
            if together.setdefault(key, setting) is not setting:
                raise ValueError(f"Two different settings are called {key!r}.")
    return MappingProxyType(together)


def one_of(*allowed: str) -> Callable[[str], str]:
    """Accept one of these words, which the page shows as they are."""
    return named({word: word for word in allowed})


def named(names: Mapping[str, str]) -> Callable[[str], str]:
    """Accept one of these words; a refusal lists them by the names that the page has for them.

    >>> named({"max": "Max", "average": "mean of all"})("min")
    Traceback (most recent call last):
    cnn_core.errors.CnnCoreError: it is one of max, mean of all (average), not 'min'.
    """

    def read(text: str) -> str:
        if text not in names:
            listed = ", ".join(_with_word(name, word) for word, name in names.items())
            raise CnnCoreError(f"it is one of {listed}, not {quoted(text)}.")
        return text

    return read


def _with_word(name: str, word: str) -> str:
    """Add to a name the word that a link has for it, where that is another one."""
    return word if name.lower() == word else f"{name} ({word})"


def registered_in(registry: Callable[[], Mapping[str, str]]) -> Callable[[str], str]:
    """Accept one of the words that a registry holds when the text is read; see `named`."""
    return lambda text: named(registry())(text)


def translated(
    values: Mapping[str, Any], names: Mapping[str, str] | None = None
) -> Callable[[str], Any]:
    """Accept one of these words, and give what it stands for; `names` as in `named`.

    >>> translated({"correlation": False, "convolution": True})("convolution")
    True
    """
    read = named(names) if names else one_of(*values)
    return lambda text: values[read(text)]


def whole(low: int, high: int) -> Callable[[str], int]:
    """Accept a whole number in a range, both ends included."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 6 and low <= int(text) <= high):
            raise CnnCoreError(f"it is a whole number from {low} to {high}, not {quoted(text)}.")
        return int(text)

    return read


def whole_or_none(low: int, high: int) -> Callable[[str], int | None]:
    """Accept a whole number in a range, or nothing."""
    read = whole(low, high)
    return lambda text: read(text) if text else None


def place(high: int, *, example: str) -> Callable[[str], tuple[int, int] | None]:
    """Accept a row and a column from 0 to `high`, or nothing."""
    at = whole(0, high)

    def read(text: str) -> tuple[int, int] | None:
        if not text:
            return None
        parts = text.split(",")
        if len(parts) != 2:
            raise CnnCoreError(f"it is a row and a column, as in {example}, not {quoted(text)}.")
        try:
            return at(parts[0]), at(parts[1])
        except CnnCoreError as error:
            raise CnnCoreError(f"it is a row and a column; of these {error}") from error

    return read


def number(low: float, high: float) -> Callable[[str], float]:
    """Accept a number in a range, both ends included; never "nan" or "inf"."""

    def read(text: str) -> float:
        value = parse_number(text)
        if value is None or not low <= value <= high:
            raise CnnCoreError(f"it is a number from {low:g} to {high:g}, not {quoted(text)}.")
        return value

    return read
