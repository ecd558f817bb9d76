"""Names that people give to classes, as text that every page, file and program can hold."""

import unicodedata

_LEFT_OUT = {"Cc", "Cs", "Co", "Cn"}
_JOINERS = "\u200c\u200d"
"""Without them words of Persian and some emoji would be others."""


def plain_name(text: str, most: int) -> str:
    r"""Leave out what is not seen: control and direction characters, halves of pairs; join blanks.

    Args:
        text: what somebody wrote.
        most: so many characters are kept.

    Returns:
        The name; "" where nothing of it can be seen.

    >>> plain_name("  My\n dog\u202e ", 24), plain_name("\u200b ", 24)
    ('My dog', '')
    """
    kept = "".join(
        one
        for one in " ".join(text.split())
        if (kind := unicodedata.category(one)) not in _LEFT_OUT
        and (kind != "Cf" or one in _JOINERS)
    )
    short = " ".join(kept.split())[:most].strip()
    is_seen = any(unicodedata.category(one)[0] in "LNPS" for one in short)
    return short if is_seen else ""
