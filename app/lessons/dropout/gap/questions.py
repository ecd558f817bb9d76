"""What the view "What it is for" asks on the live channel; all of it is in the settings."""

from app.live.messages import Question


class DropGapQuestion(Question, frozen=True, kw_only=True, tag="drop_gap"):
    """Describe the trainings with the share that is chosen."""
