"""The stage of "One kernel learns": both kernels, the responses, the residual and the loss."""

from collections.abc import Callable

from app.browser.component import component
from app.live.published import addressed


def kernel_stage(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show a moment of a descent; it goes on over the live channel.

    Args:
        frame: as `kernel.frame.learning_frame` describes it, and whose it is.
        key: the component's key in the session.
        on_change: called where it rests; the state's `changes` have the step, the speed, the seed.
    """
    component(__file__, "browser/chart.css")(
        key=key, data=addressed(frame), on_changes_change=on_change
    )
