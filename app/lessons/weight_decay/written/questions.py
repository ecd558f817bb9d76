"""What the view "Written out" asks on the live channel; all of it is in the settings."""

from app.live.messages import Question


class WrittenQuestion(Question, frozen=True, kw_only=True, tag="decay_written"):
    """Write the steps out that these settings describe."""
