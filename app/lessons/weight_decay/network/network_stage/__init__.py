"""The stage of "A network": kernels, weights and accuracies over the weight decay."""

from collections.abc import Callable

from app.browser.component import component
from app.live.published import addressed


def network_stage(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show the recorded trainings; all of them are in the frame.

    Args:
        frame: as `network.page` packs it.
        key: the component's key in the session.
        on_change: called where the slider rests; the state's `changes` have the settings.
    """
    component(__file__, "browser/chart.css", "browser/plot.css")(
        key=key, data=addressed(frame), on_changes_change=on_change
    )
