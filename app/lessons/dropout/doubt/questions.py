"""What the view "Masks as doubt" asks on the live channel; all of it is in the settings."""

from app.live.messages import Question


class DropDoubtQuestion(Question, frozen=True, kw_only=True, tag="drop_doubt"):
    """Compute the class probabilities under many masks."""
