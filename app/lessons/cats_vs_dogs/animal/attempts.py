"""What to try with a cat, a dog or neither."""

from app.guide.attempts import Attempt
from app.lessons.cats_vs_dogs.animal.settings import THRESHOLD
from app.lessons.cats_vs_dogs.animal.situation import AnimalSituation
from app.lessons.cats_vs_dogs.sample_in_use import is_sample

_HIGH, _LOW = "95", "1"


def _shows(on: AnimalSituation, key: str, threshold: str) -> bool:
    """Whether that is on the screen already."""
    return is_sample(on.picture, key) and on.threshold == int(threshold)


def _is_other(before: AnimalSituation, after: AnimalSituation) -> bool:
    return after.verdict.animal != "neither" and before.verdict.cat == after.verdict.cat


def _is_neither(before: AnimalSituation, after: AnimalSituation) -> bool:
    return after.verdict.animal == "neither" and before.verdict.cat == after.verdict.cat


def _is_cat(before: AnimalSituation, after: AnimalSituation) -> bool:
    return after.verdict.animal == "cat" and after.verdict.breed_share < after.verdict.cat


def _is_dog(before: AnimalSituation, after: AnimalSituation) -> bool:
    return after.verdict.animal == "dog" and after.verdict.breed_share > after.verdict.dog / 2


ATTEMPTS: tuple[Attempt[AnimalSituation], ...] = (
    Attempt(
        key="animal_cat",
        label="Use the picture of a cat",
        outcome="It is a cat. No single breed has as high a probability as all cats together.",
        changes=lambda on: {"picture": "cat", THRESHOLD: "50"},
        check=_is_cat,
        applies=lambda on: not _shows(on, "cat", "50"),
    ),
    Attempt(
        key="animal_dog",
        label="Use the picture of a dog",
        outcome="It is a dog, and one breed has most of the probability.",
        changes=lambda on: {"picture": "dog", THRESHOLD: "50"},
        check=_is_dog,
        applies=lambda on: not _shows(on, "dog", "50"),
    ),
    Attempt(
        key="animal_low",
        label="Lower the threshold to 1 %",
        outcome="Now the picture counts as a cat or a dog, though nothing else has changed.",
        changes=lambda on: {THRESHOLD: _LOW},
        check=_is_other,
        applies=lambda on: on.verdict.animal == "neither" and on.verdict.either > 0.011,
    ),
    Attempt(
        key="animal_high",
        label="Raise the threshold to 95 %",
        outcome="Now it counts as neither: cats and dogs together have less than 95 %.",
        changes=lambda on: {THRESHOLD: _HIGH},
        check=_is_neither,
        applies=lambda on: on.verdict.animal != "neither" and on.verdict.either < 0.949,
    ),
    Attempt(
        key="animal_wall",
        label="Use the picture of a brick wall",
        outcome="It is neither.",
        changes=lambda on: {"picture": "brick", THRESHOLD: "50"},
        check=lambda before, after: after.verdict.animal == "neither",
        applies=lambda on: not _shows(on, "brick", "50"),
    ),
    Attempt(
        key="animal_astronaut",
        label="Use an astronaut and a threshold of 1 %",
        outcome="With so low a threshold the astronaut counts as a dog.",
        changes=lambda on: {"picture": "astronaut", THRESHOLD: _LOW},
        check=lambda before, after: after.verdict.animal == "dog",
        applies=lambda on: not _shows(on, "astronaut", _LOW),
    ),
)
