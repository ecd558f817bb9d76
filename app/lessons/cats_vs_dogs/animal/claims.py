"""What to notice of a cat, a dog or neither."""

import numpy as np

from app.drawing.numbers import percent_text
from app.guide.claims import Claim, always
from app.lessons.cats_vs_dogs.animal.situation import AnimalSituation
from app.lessons.cats_vs_dogs.settings import NETWORK

_CATS = {"tabby", "tiger cat", "Persian cat", "Siamese cat", "Egyptian cat"}
_DOGS = 118


def _share(value: float) -> str:
    return percent_text(value, least=1e-5)


def _close(value: float, other: float) -> bool:
    return abs(value - other) < 1e-4


def _sums(on: AnimalSituation) -> str:
    found = on.verdict
    return (
        f"The network knows 1,000 classes. **5 are domestic cats**, with {_share(found.cat)} "
        f"together, and **118 are breeds of dogs**, with {_share(found.dog)} together. All other "
        f"classes, lions and wolves among them, have {_share(found.neither)}."
    )


def _sums_are_right(on: AnimalSituation) -> bool:
    """Find the cats by their names, and recompute everything from the picture."""
    scores = on.trace.scores
    cats = [at for at, name in enumerate(on.classes) if name in _CATS]
    first, last = on.classes.index("Chihuahua"), on.classes.index("Mexican hairless")
    dogs = range(first, last + 1)
    return (
        len(cats) == 5
        and len(dogs) == _DOGS
        and not {on.classes.index("lion"), on.classes.index("timber wolf")} & {*cats, *dogs}
        and _close(float(scores[cats].sum()), on.verdict.cat)
        and _close(float(scores[first : last + 1].sum()), on.verdict.dog)
        and _close(
            1 - float(scores[cats].sum()) - float(scores[list(dogs)].sum()), on.verdict.neither
        )
    )


def _is_neither(on: AnimalSituation) -> bool:
    return on.verdict.animal == "neither"


def _neither(on: AnimalSituation) -> str:
    return (
        f"Cats and dogs together have {_share(on.verdict.either)}, less than the threshold of "
        f"{on.threshold} %: so it is **neither**."
    )


def _breed(on: AnimalSituation) -> str:
    found = on.verdict
    return (
        f"The most probable {found.animal} class is **{on.classes[found.breed]}** with "
        f"{_share(found.breed_share)}. The {found.animal} classes often share the probability, so "
        "their sum is more certain than the breed."
    )


def _breed_is_highest(on: AnimalSituation) -> bool:
    scores, found = on.trace.scores, on.verdict
    ends = (281, 286) if found.animal == "cat" else (151, 269)
    among = scores[slice(*ends)]
    return _close(float(among.max()), found.breed_share) and found.breed in range(*ends)


def _best(on: AnimalSituation) -> str:
    return (
        f"The most probable of all classes is **{on.classes[on.best]}** with "
        f"{_share(float(on.scores[on.best]))}."
    )


def _best_is_highest(on: AnimalSituation) -> bool:
    scores = on.trace.scores
    return _close(float(scores.max()), float(on.scores[on.best]))


def _all_sum_to_one(on: AnimalSituation) -> bool:
    return bool(
        _close(float(np.sum(on.trace.scores, dtype=np.float64)), 1)
        and len(on.scores) == len(on.classes)
        and on.trace.network.name == NETWORK
    )


CLAIMS: tuple[Claim[AnimalSituation], ...] = (
    Claim(key="animal_sums", applies=always, sentence=_sums, check=_sums_are_right),
    Claim(
        key="animal_neither",
        applies=_is_neither,
        sentence=_neither,
        check=lambda on: on.verdict.cat + on.verdict.dog < on.threshold / 100,
    ),
    Claim(
        key="animal_breed",
        applies=lambda on: not _is_neither(on),
        sentence=_breed,
        check=_breed_is_highest,
    ),
    Claim(key="animal_best", applies=always, sentence=_best, check=_best_is_highest),
    Claim(
        key="animal_always",
        applies=always,
        sentence=lambda on: (
            "The probabilities of the 1,000 classes always sum to 1, also if the picture shows "
            "none of them. That is why there is a threshold."
        ),
        check=_all_sum_to_one,
    ),
)
