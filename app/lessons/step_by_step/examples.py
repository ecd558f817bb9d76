"""What a slide can start from: the lecture's matrices, drawn pictures, a patch of a photograph."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.lessons.step_by_step.settings import (
    MODES,
    SETTINGS,
    SHAPING,
    SOURCES,
    StepByStepSettings,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Something to begin with.

    Attributes:
        key: its name in the component.
        name: what its button says.
        note: what is there once it is chosen: the help text of its button.
        settings: what it sets; every other shaping setting goes back to its default.
    """

    key: str
    name: str
    note: str
    settings: Mapping[str, str]

    @property
    def changes(self) -> dict[str, str]:
        """All settings to put when it is chosen."""
        return {**{key: SETTINGS[key].default for key in SHAPING}, **self.settings}


_ALL = (
    Example(
        key="lecture_3x4",
        name=SOURCES["lecture_3x4"],
        note="A 2 × 2 kernel slides over 3 × 4 numbers.",
        settings={},
    ),
    Example(
        key="lecture_2x2",
        name=SOURCES["lecture_2x2"],
        note="All weights are 1: the output is the sum 1 + 1 + 2 + 2 = 6.",
        settings={"walk_source": "lecture_2x2", "walk_weights": "1,1;1,1"},
    ),
    Example(
        key="edge",
        name=SOURCES["edge"],
        note="A bright bar and a Sobel kernel: edges give 800 or −800, uniform areas give 0.",
        settings={"walk_source": "edge", "walk_weights": "sobel_x"},
    ),
    Example(
        key="colors",
        name=SOURCES["colors"],
        note="One slice of the kernel for each channel. The output is high at red left of blue.",
        settings={
            "walk_source": "colors",
            "walk_weights": "1,0;1,0|-1,-1;-1,-1|0,1;0,1",
            "walk_channels": "3",
            "walk_bias": "-18",
            "walk_activation": "relu",
        },
    ),
    Example(
        key="patch",
        name=SOURCES["patch"],
        note="A part of the picture in use. Drag the box to choose another part.",
        settings={"walk_source": "patch", "walk_weights": "sobel_x"},
    ),
    Example(
        key="drawn",
        name=SOURCES["drawn"],
        note="Your own numbers: drag over the cells to draw, or select one and type.",
        settings={"walk_source": "drawn", "walk_weights": "-1,0,1;-1,0,1;-1,0,1"},
    ),
    Example(
        key="lecture_4x4",
        name=SOURCES["lecture_4x4"],
        note="Each 2 × 2 window gives its largest number: 20, 30, 112 and 37.",
        settings={"walk_source": "lecture_4x4", "walk_mode": "max"},
    ),
    Example(
        key="line",
        name=MODES["line"],
        note="One row of numbers, and a kernel that slides along it.",
        settings={"walk_mode": "line"},
    ),
)
EXAMPLES: Mapping[str, Example] = MappingProxyType({one.key: one for one in _ALL})


def example_of(settings: StepByStepSettings) -> str:
    """Tell which example these settings grew from."""
    return "line" if settings.mode == "line" else settings.source


def modes_of(settings: StepByStepSettings) -> dict[str, str]:
    """Name what the window can do with a grid of numbers; along a signal it does one thing."""
    if settings.mode == "line":
        return {}
    return {mode: name for mode, name in MODES.items() if mode != "line"}
