"""The changes on offer, as buttons, each with what it will show: one element of the page."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from app.browser.component import component
from app.live.published import addressed


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An attempt as the page shows it.

    Attributes:
        key: its name; the button keeps its place in the tab order by it.
        label: what the button says, plain text.
        outcome: what there will be to see, plain text.
        changes: the settings that the button puts, as text by key.
    """

    key: str
    label: str
    outcome: str
    changes: dict[str, str]


def attempt_list(offers: list[Offer], *, key: str, on_change: Callable[[], None]) -> None:
    """Show the offers; a press reports the changes of its button.

    They are those that stood on the page when it was pressed, whatever the page offers by the time
    they arrive.

    Args:
        offers: top to bottom.
        key: the component's key in the session.
        on_change: called after a press.
    """
    rows = [asdict(one) for one in offers]
    component(__file__)(key=key, data=addressed({"rows": rows}), on_changes_change=on_change)
