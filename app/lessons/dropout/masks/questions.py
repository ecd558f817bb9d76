"""What the view "Masks" asks on the live channel; all of it is in the settings."""

from app.live.messages import Question


class DropMasksQuestion(Question, frozen=True, kw_only=True, tag="drop_masks"):
    """Draw the network and the maps under a mask."""
