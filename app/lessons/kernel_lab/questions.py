"""What the Kernel lab asks on the live channel."""

from collections.abc import Mapping
from typing import ClassVar

import msgspec

from app.live.messages import PictureQuestion, Question


class FrameQuestion(Question, frozen=True, kw_only=True, tag="frame"):
    """Draw the picture in use with these settings.

    Attributes:
        panels: which pictures are on the screen; all where it is None.
    """

    panels: list[str] | None = None

    SENTENCES: ClassVar[Mapping[str, str]] = {
        **Question.SENTENCES,
        "$.panels": "The panels of a question are a list of names.",
    }


class CameraQuestion(PictureQuestion, frozen=True, kw_only=True, tag="camera"):
    """Draw a camera picture with these settings.

    Attributes:
        panels: which pictures are on the screen; all where it is None.
        keep: whether to keep the picture; the frame then names its token.
    """

    panels: list[str] | None = None
    keep: bool = False

    SENTENCES: ClassVar[Mapping[str, str]] = {
        **FrameQuestion.SENTENCES,
        "$.keep": "Whether to keep a picture is true or false.",
    }


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cell of one of the pictures."""

    panel: str
    row: int
    column: int


class ProbeQuestion(Question, frozen=True, kw_only=True, tag="probe"):
    """Say what a cell of one of the pictures holds, and where it comes from."""

    probe: Place

    SENTENCES: ClassVar[Mapping[str, str]] = {
        **Question.SENTENCES,
        "$.probe": "A probe names a panel, a row and a column.",
    }
