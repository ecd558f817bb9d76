"""What to notice of the picture in use, to which a taught head is applied."""

import numpy as np

from app.drawing.numbers import number_text
from app.guide.claims import Claim
from app.lessons.cats_vs_dogs.teach.follow import DUST, largest_terms, term_text
from app.lessons.cats_vs_dogs.teach.situation import TeachSituation


def _fits(on: TeachSituation) -> bool:
    return on.can_fit


def _sums(on: TeachSituation) -> str:
    names = [f"**{on.written[at]}**" for at in _most_probable(on)]
    if len(names) == 1:
        first = f"{names[0]} is the most probable class"
    else:
        first = f"{', '.join(names[:-1])} and {names[-1]} are equally probable"
    return (
        f"For your picture, {first}. The probabilities of the {len(on.names)} classes always sum "
        "to 1, also if the picture shows none of them."
    )


def _most_probable(on: TeachSituation) -> list[int]:
    """List the most probable class, or all that are as probable, but for dust."""
    shares = on.probabilities
    return [at for at, share in enumerate(shares) if share > shares.max() - DUST]


def _sum_to_one(on: TeachSituation) -> bool:
    logits = on.head.weights @ on.asked.features.astype(np.float64) + on.head.bias
    shares = np.exp(logits - logits.max())
    shares /= shares.sum()
    less = shares.max() - shares
    named = _most_probable(on)
    return bool(
        np.allclose(shares, on.probabilities, atol=1e-9)
        and abs(float(on.probabilities.sum()) - 1) < 1e-9
        and all(less[at] < 2 * DUST for at in named)
        and all(less[at] > DUST / 2 for at in range(len(less)) if at not in named)
    )


def _logit(on: TeachSituation) -> str:
    logit = float(on.head.logits(on.asked.features)[on.label])
    bias = float(on.head.bias[on.label])
    return (
        f"The logit of {on.written[on.label]}, its score before softmax, is "
        f"**{term_text(logit)}**: the values of the 49 places of the map sum to "
        f"{term_text(logit - bias)}, and the bias adds {term_text(bias)}."
    )


def _logit_is_split(on: TeachSituation) -> bool:
    logit = float(on.head.logits(on.asked.features)[on.label])
    bias = float(on.head.bias[on.label])
    terms = on.head.contributions(on.asked.features, on.label)
    near = 1e-4 * (1 + float(np.abs(terms).sum()))
    return (
        on.places.shape == (7, 7)
        and abs(float(on.places.sum()) + bias - logit) < near
        and abs(float(terms.sum()) + bias - logit) < near
    )


def _largest(on: TeachSituation) -> str:
    one = largest_terms(on, 1)[0]
    return (
        f"Of all features, number {one.number} changes the logit of {on.written[on.label]} most: "
        f"its value {number_text(one.value, digits=3)} times its weight "
        f"{number_text(one.weight, digits=3)} is {number_text(one.contribution, digits=3)}."
    )


def _is_largest(on: TeachSituation) -> bool:
    terms = on.head.contributions(on.asked.features, on.label)
    maps = on.asked.maps.reshape(len(terms), -1)
    one = largest_terms(on, 1)[0]
    return bool(
        abs(abs(one.contribution) - np.abs(terms).max()) < 1e-9
        and abs(float(maps[one.number].mean()) - one.value) < 1e-4 * (1 + abs(one.value))
    )


def _nearest(on: TeachSituation) -> str:
    at, similarity = on.neighbors[0]
    label = on.written[int(on.labels[at])]
    return (
        f"Of all pictures, one of **{label}** has the features most similar to those of yours: "
        f"the cosine of the angle between them is {similarity:.2f}. It is 1 where they point in "
        "the same direction."
    )


def _is_nearest(on: TeachSituation) -> bool:
    features = on.training.features[: on.training.pictures].astype(np.float64)
    query = on.asked.features.astype(np.float64)
    lengths = np.linalg.norm(features, axis=1) * np.linalg.norm(query)
    cosines = np.where(lengths > 0, features @ query / np.maximum(lengths, 1e-300), 0)
    at, similarity = on.neighbors[0]
    return bool(abs(cosines.max() - similarity) < 1e-6 and abs(cosines[at] - cosines.max()) < 1e-6)


def _has_terms(on: TeachSituation) -> bool:
    return on.can_fit and abs(largest_terms(on, 1)[0].contribution) > DUST


def _has_logit(on: TeachSituation) -> bool:
    return _has_terms(on) or (on.can_fit and abs(float(on.head.bias[on.label])) > DUST)


ASKED_CLAIMS: tuple[Claim[TeachSituation], ...] = (
    Claim(key="taught_sums", applies=_fits, sentence=_sums, check=_sum_to_one),
    # Where all classes look the same, all parts of the logits are 0.
    Claim(key="taught_logit", applies=_has_logit, sentence=_logit, check=_logit_is_split),
    Claim(key="taught_largest", applies=_has_terms, sentence=_largest, check=_is_largest),
    Claim(
        key="taught_nearest",
        # Features that are all 0 have no direction.
        applies=lambda on: on.can_fit and on.neighbors[0][1] > 0,
        sentence=_nearest,
        check=_is_nearest,
    ),
)
