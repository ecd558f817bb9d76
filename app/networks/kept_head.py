"""The last layer that this session's visitor taught: one, and gone when the session is."""

from app.networks.taught_head import TaughtHead
from app.session import state

_HEAD = "taught_head"


def keep_head(taught: TaughtHead) -> None:
    """Keep a head in the place of the one before."""
    state.keep(_HEAD, taught)


def kept_head() -> TaughtHead | None:
    """Return the session's head, None before one was kept."""
    found: TaughtHead | None = state.recall(_HEAD)
    return found
