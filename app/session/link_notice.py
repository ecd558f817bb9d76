"""The line about settings of a link that cannot be used: which ones, and what is allowed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.drawing.numbers import count_text

EXPLAINED = 3
"""With more settings than this, a line that explained each would be too long to be read."""
NAMED = 6
_LONGEST_PATH = 40
_MARKDOWN = re.compile(r"([\\`*_\[\]<>$~#|:])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """A setting of a link that cannot be used.

    Attributes:
        name: the setting's name in a sentence.
        reason: a sentence that says what is allowed.
    """

    name: str
    reason: str


def notice(unusable: Sequence[Unusable]) -> str:
    """Write the line, as Markdown; "" where everything can be used.

    >>> notice([Unusable(name="stride", reason="it is from 1 to 8.")]).partition(". ")[2]
    'Stride: it is from 1 to 8.'
    """
    if not unusable:
        return ""
    if len(unusable) == 1:
        begin = "One setting in this link cannot be used, so the usual setting is used instead"
    else:
        begin = (
            f"{count_text(len(unusable))} settings in this link cannot be used, "
            "so the usual settings are used instead"
        )
    if len(unusable) > EXPLAINED:
        return f"{begin}: {_listed([one.name for one in unusable])}."
    said = " ".join(f"{one.name.capitalize()}: {escape_markdown(one.reason)}" for one in unusable)
    return f"{begin}. {said}"


def missing_page_notice(path: str, shown: str) -> str:
    r"""Write the line about a page that is not there, as Markdown; `shown` is another's title.

    >>> missing_page_notice("no_such*page", "Pictures are numbers")
    'There is no page called “no\\_such\\*page”. Pictures are numbers is shown instead.'
    """
    name = "".join(one for one in path if one.isprintable()).strip("/")[:_LONGEST_PATH]
    return f"There is no page called “{escape_markdown(name)}”. {shown} is shown instead."


def _listed(names: list[str]) -> str:
    """List the first names, and how many more there are.

    >>> _listed(["stride", "bias"]), _listed([*"abcdefgh"])
    ('stride and bias', 'a, b, c, d, e, f and 2 more')
    """
    more = len(names) - NAMED
    shown = [*names[:NAMED], f"{more} more"] if more > 0 else names
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def escape_markdown(text: str) -> str:
    r"""Escape what Markdown would format: a reason may quote what somebody wrote into the link.

    >>> escape_markdown("not '[x](y)'.")
    "not '\\[x\\](y)'."
    """
    return _MARKDOWN.sub(r"\\\1", text)
