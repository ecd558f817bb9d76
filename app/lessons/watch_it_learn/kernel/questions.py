"""What the view "One kernel learns" asks on the live channel."""

from collections.abc import Mapping
from typing import ClassVar

from app.live.messages import Question


class LearnKernelQuestion(Question, frozen=True, kw_only=True, tag="learn_kernel"):
    """Draw a descent at the step that the settings name, or where it ends before.

    Attributes:
        complete: whether the wanted response is drawn too, which stays as it is from step to step.
    """

    complete: bool = False

    SENTENCES: ClassVar[Mapping[str, str]] = {
        **Question.SENTENCES,
        "$.complete": "Whether everything is drawn is true or false.",
    }
