"""Below the attributions: what to notice, what to try, the same as a program."""

from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.look_at.attributions import covered_scores
from app.lessons.look_at.guide import GUIDE
from app.lessons.look_at.situation import AttributionSituation
from app.networks.patience import computed_soon
from app.networks.work import Priority
from app.session import state

_SOON_S = 0.3
_PUT = "square_put"
"""Kept for the session: the square that a button put, while that button is disabled."""


def attribution_notes(on: AttributionSituation) -> None:
    """Show the notes that belong to this network, picture and class."""
    for square in (on.square_of_largest_fall, on.most_salient_pixel):
        if square is not None:
            # Two runs of a part of the network, beside the many of Occlusion.
            network = on.settings.network
            computed_soon(_SOON_S, Priority.CHECK, covered_scores, network, on.shown, square)
    put = notice_and_try(GUIDE, on)
    square_text = state.text("square")
    is_put = any(changes.get("square") == square_text for changes in put)
    state.keep(_PUT, square_text if is_put else "")
    the_same_as_a_program(GUIDE.programs(on))


def square_was_put_and_moved() -> bool:
    """Whether a button put the square where it no longer is: the button can be pressed again."""
    put: str = state.recall(_PUT, "")
    moved = put not in ("", state.text("square"))
    if moved:
        state.keep(_PUT, "")  # told once: the run that follows keeps it anew
    return moved
