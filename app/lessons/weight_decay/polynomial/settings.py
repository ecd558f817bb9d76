"""The settings of the view "A polynomial" as flat text, and what they mean once read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from app.drawing.numbers import MINUS
from app.session.control import Menu, Slider, Stops
from app.session.settings import (
    Setting,
    by_key,
    named,
    read_all,
    translated,
    whole,
)
from cnn_core.errors import CnnCoreError, quoted

Point: TypeAlias = tuple[float, float]
"""x and y of a training point."""

MOST_DEGREE = 12
MOST_POINTS = 30
LARGEST_X, LARGEST_Y = 1.0, 2.0
NONE = "none"
_STRENGTHS = [float(f"{step}e{power}") for power in range(-8, 2) for step in (1, 2, 5)]
LAMBDAS: Mapping[str, float] = {
    NONE: 0.0,
    **{f"{value:g}".replace("e-0", "e-"): value for value in (*_STRENGTHS, 100.0)},
}
"""Each lambda of the slider by its text, from none to strong."""


def lambda_name(text: str) -> str:
    """Write a lambda of the slider as it is shown.

    >>> lambda_name("2e-8")
    '2e−8'
    """
    return text.replace("-", MINUS)


OFF = "off"
STEPS = (
    "0",
    *(str(step * 10**power) for power in range(6) for step in (1, 2, 3, 5, 7)),
    "1000000",
)
"""After how many steps the descent can be shown."""
SOURCES = {"sine": "sine, noisy", "row": "row of your picture"}
_SHOWN = {"1": True, "0": False}
_NUMBER = r"-?[0-9](?:\.[0-9]{1,2})?"
_POINTS = re.compile(f"{_NUMBER},{_NUMBER}(?:;{_NUMBER},{_NUMBER})*")


def read_points(text: str) -> tuple[Point, ...]:
    """Read training points as "x,y;x,y"; nothing means those of the source.

    Raises:
        CnnCoreError: if it is anything else, or a point lies outside.

    >>> read_points("-0.5,1;0.25,-1.75")
    ((-0.5, 1.0), (0.25, -1.75))
    """
    if not text:
        return ()
    if not _POINTS.fullmatch(text):
        raise CnnCoreError(f"it is x and y of each point, as in -0.5,1;0.25,0, not {quoted(text)}.")
    pairs = (pair.split(",") for pair in text.split(";"))
    points = tuple((float(x), float(y)) for x, y in pairs)
    if len(points) > MOST_POINTS:
        raise CnnCoreError(f"there are at most {MOST_POINTS} points, not {len(points)}.")
    if any(abs(x) > LARGEST_X or abs(y) > LARGEST_Y for x, y in points):
        raise CnnCoreError(f"x is from -{LARGEST_X:g} to {LARGEST_X:g}, y from -2 to 2.")
    return points


def points_text(points: tuple[Point, ...]) -> str:
    """Write training points as the setting has them.

    >>> points_text(((-0.5, 1.0), (0.25, -1.75)))
    '-0.5,1;0.25,-1.75'
    """
    return ";".join(f"{x + 0.0:.3g},{y + 0.0:.3g}" for x, y in points)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolynomialSettings:
    """All settings of the view, read and checked.

    Attributes:
        source: where the points come from, one of `SOURCES`.
        seed: of the noise.
        points: those that were moved; none while they are those of the source.
        degree: M.
        weight_decay: lambda.
        lambda_text: the same as the slider has it.
        steps: after how many the descent is shown, None where it is not.
        truth: whether the true curve is shown.
        test: whether the test points are shown.
        validated: whether lambda is chosen by cross-validation.
    """

    source: str
    seed: int
    points: tuple[Point, ...]
    degree: int
    weight_decay: float
    lambda_text: str
    steps: int | None
    truth: bool
    test: bool
    validated: bool


SETTINGS: Mapping[str, Setting] = by_key(
    Setting(
        key="decay_source",
        name="source of the points",
        default="sine",
        read=named(SOURCES),
        control=Menu(label="Points", options=tuple(SOURCES.items())),
    ),
    Setting(key="decay_seed", name="seed", default="3", read=whole(0, 9999)),
    Setting(key="decay_points", name="list of points", default="", read=read_points),
    Setting(
        key="decay_degree",
        name="degree",
        default="11",
        read=whole(0, MOST_DEGREE),
        control=Slider(label="Degree M", min=0, max=MOST_DEGREE),
    ),
    Setting(
        key="decay_lambda",
        name="weight decay",
        default=NONE,
        read=translated({text: text for text in LAMBDAS}),
        control=Stops(label="Weight decay λ", stops=tuple(LAMBDAS)),
    ),
    Setting(
        key="decay_steps",
        name="number of steps",
        default=OFF,
        read=translated({OFF: None, **{text: int(text) for text in STEPS}}),
    ),
    Setting(key="decay_truth", name="true curve", default="1", read=translated(_SHOWN)),
    Setting(key="decay_test", name="test points", default="1", read=translated(_SHOWN)),
    Setting(key="decay_cv", name="cross-validation", default="0", read=translated(_SHOWN)),
)


def read_settings(texts: Mapping[str, object]) -> PolynomialSettings:
    """Read all settings; what is missing takes its default, what is unknown or wrong is refused.

    Raises:
        CnnCoreError: names the setting and says what it may be.

    >>> read_settings({"decay_lambda": "0.01"}).weight_decay
    0.01
    """
    read = read_all(SETTINGS, texts, owner="A polynomial")
    return PolynomialSettings(
        source=read["decay_source"],
        seed=read["decay_seed"],
        points=read["decay_points"],
        degree=read["decay_degree"],
        weight_decay=LAMBDAS[read["decay_lambda"]],
        lambda_text=read["decay_lambda"],
        steps=read["decay_steps"],
        truth=read["decay_truth"],
        test=read["decay_test"],
        validated=read["decay_cv"],
    )
