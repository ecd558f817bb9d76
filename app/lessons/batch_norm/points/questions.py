"""What the view "On points" asks on the live channel."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, TypeAlias

from msgspec import Meta

from app.lessons.batch_norm.points.settings import FARTHEST, LEAST_POINTS, MOST_POINTS
from app.live.messages import Question

Feature: TypeAlias = Annotated[float, Meta(ge=-FARTHEST, le=FARTHEST)]
Way: TypeAlias = Annotated[float, Meta(ge=-4 * FARTHEST, le=4 * FARTHEST)]
Factor: TypeAlias = Annotated[float, Meta(ge=-1000, le=1000)]


class NormPointsQuestion(Question, frozen=True, kw_only=True, tag="norm_points"):
    """Normalize points, after all of them were shifted or spread out.

    Attributes:
        points: two features each.
        selected: the number of the point that is written out, from 1; 0 for all.
        shift: what is added to every point.
        stretch: by how many times they are spread out around their mean.
    """

    points: Annotated[
        list[tuple[Feature, Feature]], Meta(min_length=LEAST_POINTS, max_length=MOST_POINTS)
    ]
    selected: Annotated[int, Meta(ge=0, le=MOST_POINTS)] = 1
    shift: tuple[Way, Way] = (0.0, 0.0)
    stretch: tuple[Factor, Factor] = (1.0, 1.0)

    SENTENCES: ClassVar[Mapping[str, str]] = {
        **Question.SENTENCES,
        "$.points": f"There are {LEAST_POINTS} to {MOST_POINTS} points.",
        "$.points[]": f"A point has two features from -{FARTHEST:g} to {FARTHEST:g}.",
        "$.selected": f"A point has a number from 1 to {MOST_POINTS}; 0 is all of them.",
        "$.shift": "A shift is two numbers, one for each feature.",
        "$.stretch": "The points are spread out by two factors, one for each feature.",
    }
