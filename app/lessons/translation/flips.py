"""How often a shift changes the class, over all bundled pictures: recorded."""

from dataclasses import dataclass

from app.lessons.translation.settings import shift_text
from cnn_core.errors import CnnCoreError
from cnn_core.networks.experiments.findings import ShiftedNetwork, ShiftFlips
from cnn_core.networks.experiments.recordings import load_shift_recording
from cnn_core.samples import SAMPLES
from cnn_core.translation import Shift


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstCase:
    """The picture that a shift does most harm to.

    Attributes:
        down, right: the shift.
        changes: the settings that show it.
        before, after: the probability of the class before the shift, and after it.
        classes: the number of the class before the shift, and of the one after it.
        shown: which picture it is, in words.
    """

    down: int
    right: int
    changes: dict[str, str]
    before: float
    after: float
    classes: tuple[int, int]
    shown: str


def recorded(network: str) -> ShiftedNetwork | None:
    """Return what was recorded of a network; None if nothing was."""
    try:
        return load_shift_recording().of(network)
    except CnnCoreError:
        return None


def along(recording: ShiftedNetwork, by: Shift) -> list[tuple[int, ShiftFlips]]:
    """List what was recorded in the direction of a shift, with its pixels; [] for oblique ones."""
    down, right = by if any(by) else (0, 1)
    if down and right:
        return []
    vertical, across = _sign(down), _sign(right)
    found = []
    for one in recording.shifts:
        far = max(abs(one.down), abs(one.right))
        if (one.down, one.right) == (vertical * far, across * far):
            found.append((far, one))
    return sorted(found, key=lambda pair: pair[0])


def _sign(length: int) -> int:
    return (length > 0) - (length < 0)


def pictures_text(recording: ShiftedNetwork) -> str:
    """Name the pictures of a recording.

    >>> pictures_text(ShiftedNetwork(network="x", samples=("cat",), shifts=()))
    'the bundled photograph'
    """
    if len(recording.samples) == 1:
        return "the bundled photograph"
    if recording.samples:
        return f"the {len(recording.samples)} bundled photographs"
    return "the 10,000 bundled test pictures"


def worst_case(recording: ShiftedNetwork, at: list[tuple[int, ShiftFlips]]) -> WorstCase | None:
    """Return the picture whose class lost most probability by one of these shifts."""
    cases = [one for _, one in at if one.worst]
    if not cases:
        return None
    one = max(cases, key=lambda case: case.worst.fall if case.worst else 0)
    worst = one.worst
    assert worst
    if recording.samples:
        sample = recording.samples[worst.picture]
        picture, shown = {"picture": sample}, SAMPLES[sample].name
    else:
        picture, shown = {"garment": str(worst.picture)}, f"garment {worst.picture}"
    return WorstCase(
        down=one.down,
        right=one.right,
        changes={"shift_by": shift_text((one.down, one.right)), **picture},
        before=worst.before,
        after=worst.after,
        classes=(worst.class_before, worst.class_after),
        shown=shown,
    )
