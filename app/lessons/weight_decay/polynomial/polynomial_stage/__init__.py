"""The stage of "A polynomial": points, curve, errors and weights, which follow what is dragged."""

from collections.abc import Callable

from app.browser.component import component
from app.live.published import addressed


def polynomial_stage(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show the fit; it follows over the live channel.

    Args:
        frame: as `polynomial.page` packs it.
        key: the component's key in the session.
        on_change: called where something rests; the state's `changes` have the settings.
    """
    component(__file__, "browser/plot.css")(
        key=key, data=addressed(frame), on_changes_change=on_change
    )
