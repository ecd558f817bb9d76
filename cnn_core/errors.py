"""The errors learners can cause; every message is a full sentence that says what to change."""


class CnnCoreError(ValueError):
    """Something asked of `cnn_core` does not fit; the message tells a learner what to change."""


LONGEST_QUOTE = 40


def quoted(text: str) -> str:
    """Write what somebody gave, for a sentence that refuses it: in quotes, its beginning only.

    >>> quoted("1..2"), quoted("9" * 6000) == repr("9" * 40 + "…")
    ("'1..2'", True)
    """
    return repr(text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…")


class ImageError(CnnCoreError):
    """A file cannot be used as a picture."""


class DataMissingError(CnnCoreError):
    """A data set or a weights file is not where it was looked for."""
