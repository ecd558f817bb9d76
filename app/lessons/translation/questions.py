"""What Max pooling and translation asks on the live channel; all of it is in the settings."""

from app.live.messages import Question


class ShiftGridsQuestion(Question, frozen=True, kw_only=True, tag="shift_grids"):
    """Describe the grids of numbers with these settings."""


class ShiftPictureQuestion(Question, frozen=True, kw_only=True, tag="shift_picture"):
    """Shift the picture in use and draw its maps."""


class ShiftNetworkQuestion(Question, frozen=True, kw_only=True, tag="shift_network"):
    """Shift what a network is shown and compute its class probabilities."""
