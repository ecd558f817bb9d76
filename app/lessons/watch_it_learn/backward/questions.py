"""What the view backward asks on the live channel; all of it is in the settings."""

from app.live.messages import Question


class BackwardQuestion(Question, frozen=True, kw_only=True, tag="learn_backward"):
    """Describe the grids of back-propagation with these settings."""
