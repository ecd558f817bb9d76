"""What the view "Two conventions" asks on the live channel; all of it is in the settings."""

from app.live.messages import Question


class DropAverageQuestion(Question, frozen=True, kw_only=True, tag="drop_average"):
    """Compute the table and the means."""
