"""Below the attributions: what to notice, what to try, the same as a program."""

from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.look_at.guide import GUIDE
from app.lessons.look_at.situation import AttributionSituation
from app.networks.covering import covered_scores
from app.networks.patience import computed_soon
from app.networks.work import Priority

_SOON_S = 0.3


def attribution_notes(on: AttributionSituation) -> None:
    """Show the notes that belong to this network, picture and class."""
    for square in (on.square_of_largest_fall, on.most_salient_pixel):
        if square is not None:
            # Two runs of a part of the network, beside the many of Occlusion.
            network = on.settings.network
            computed_soon(_SOON_S, Priority.CHECK, covered_scores, network, on.shown, square)
    notice_and_try(GUIDE, on)
    the_same_as_a_program(GUIDE.programs(on))
