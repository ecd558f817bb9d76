"""Below the explorer: what to notice, what to try, the same as programs."""

from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.inside_cnn.guide import GUIDE
from app.lessons.inside_cnn.outcome import network_outcome
from app.lessons.inside_cnn.situation import InsideCnnSituation
from app.networks.patience import computed
from app.networks.settings import NetworkSettings
from app.networks.taught_head import TaughtHead
from app.networks.work import Priority
from app.session.picture import Picture


def explorer_notes(
    settings: NetworkSettings, picture: Picture, taught: TaughtHead | None, order: str
) -> None:
    """Show what belongs to the network, the place that is open, and the picture.

    The sentences need a whole trace, which takes longer than the outputs of steps that the explorer
    above shows first: the page waits for it after everything else is drawn, and after what others
    see first.
    """
    on = InsideCnnSituation(settings=settings, picture=picture, taught=taught, order=order)
    computed(Priority.UNIT, network_outcome, *on.wanted)
    notice_and_try(GUIDE, on, widths=(6, 5))
    the_same_as_a_program(GUIDE.programs(on))
