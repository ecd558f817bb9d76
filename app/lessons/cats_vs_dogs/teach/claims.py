"""What to notice of a taught head."""

import numpy as np

from app.drawing.numbers import number_text, percent_text
from app.guide.claims import Claim
from app.lessons.cats_vs_dogs.teach.follow import largest_terms
from app.lessons.cats_vs_dogs.teach.heads import dropout_of, fitted
from app.lessons.cats_vs_dogs.teach.situation import TeachSituation, true_accuracy
from app.lessons.cats_vs_dogs.teach.spread import SPREAD_CLAIMS
from cnn_core.networks.feature_dropout import with_dropout
from cnn_core.networks.heads import Head, fit_head
from cnn_core.taught_examples import TAUGHT_EXAMPLES, taught_pictures

_DUST = 1e-6
_MORE = 10.0
"""Times as much weight decay, to compare with."""


def _fits(on: TeachSituation) -> bool:
    return on.can_fit


def _leaves(on: TeachSituation) -> bool:
    return on.can_leave_out


def _size(on: TeachSituation) -> str:
    classes, features = on.head.weights.shape
    return (
        f"Only the last layer is trained: {classes} classes with {features:,} weights and a bias "
        f"each, **{classes * (features + 1):,} numbers**. The network below stays as it is."
    )


def _size_is_that(on: TeachSituation) -> bool:
    from cnn_core import networks

    network = networks.load("efficientnet_lite0")
    weights = network.weights("dense")
    return weights is not None and on.head.weights.shape == (len(on.names), weights.shape[1])


def _sums(on: TeachSituation) -> str:
    at = int(on.probabilities.argmax())
    return (
        f"For your picture, **{on.written[at]}** is the most probable class. The probabilities of "
        f"the {len(on.names)} classes always sum to 1, also if the picture shows none of them."
    )


def _sum_to_one(on: TeachSituation) -> bool:
    logits = on.head.weights @ on.asked.features.astype(np.float64) + on.head.bias
    shares = np.exp(logits - logits.max())
    return bool(
        np.allclose(shares / shares.sum(), on.probabilities, atol=1e-9)
        and abs(float(on.probabilities.sum()) - 1) < 1e-9
    )


def _logit(on: TeachSituation) -> str:
    logit = float(on.head.logits(on.asked.features)[on.label])
    bias = float(on.head.bias[on.label])
    return (
        f"The logit of {on.written[on.label]} is **{number_text(logit)}**: the values of the 49 "
        f"places of the map sum to {number_text(logit - bias)}, and the bias adds "
        f"{number_text(bias)}."
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


def _left_out(on: TeachSituation) -> str:
    found = on.proportion
    return (
        f"Each picture was left out once, and a head was fitted to the others: "
        f"**{found.successes} of {found.trials}** were classified correctly. "
        f"{true_accuracy(on)}"
    )


def _refitted(on: TeachSituation, kept: np.ndarray) -> Head:
    """Fit anew to some of the rows, each with the masks that it has among all."""
    rows, dropout = on.training, dropout_of(on.training, on.settings.dropout)
    x, labels = with_dropout(rows.features, rows.labels, dropout)
    kept = np.tile(kept, len(x) // len(kept))
    return fit_head(x[kept], labels[kept], weight_decay=on.settings.decay)


def _left_out_is_refitting(on: TeachSituation) -> bool:
    """Fit anew without the first, the middle and the last picture."""
    rows = on.training
    for at in {0, rows.pictures // 2, rows.pictures - 1}:
        kept = rows.of != at
        again = _refitted(on, kept)
        if not np.allclose(again.probabilities(rows.features[at]), on.left_out[at], atol=1e-5):
            return False
    return int(np.trace(on.confusion)) == on.proportion.successes


def _length(weights: np.ndarray) -> float:
    return float(np.sqrt((weights**2).sum()))


def _decay(on: TeachSituation) -> str:
    settings = on.settings
    more = fitted(on.training, _MORE * settings.decay, len(on.names), settings.dropout).weights
    now = on.head
    return (
        f"With ten times the weight decay, the weights would be **shorter**: together "
        f"{number_text(_length(more), digits=3)} instead of "
        f"{number_text(_length(now.weights), digits=3)} (root of the sum of their squares)."
    )


def _with_more(on: TeachSituation) -> np.ndarray:
    rows, dropout = on.training, dropout_of(on.training, on.settings.dropout)
    decay = _MORE * on.settings.decay
    head = fit_head(rows.features, rows.labels, weight_decay=decay, dropout=dropout)
    return np.asarray(head.weights)


def _is_shorter(on: TeachSituation) -> bool:
    return bool((_with_more(on) ** 2).sum() < (on.head.weights**2).sum())


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
    cosines = features @ query / (np.linalg.norm(features, axis=1) * np.linalg.norm(query))
    at, similarity = on.neighbors[0]
    return bool(abs(cosines.max() - similarity) < 1e-6 and abs(cosines[at] - cosines.max()) < 1e-6)


def _plane(on: TeachSituation) -> str:
    return (
        f"The chart shows the two directions in which the features differ most. They have "
        f"**{percent_text(float(on.plane.shares.sum()))}** of the variance; the other directions "
        "are not seen. So a picture may be classified correctly though it is drawn on the wrong "
        "side of the line."
    )


def _plane_is_pca(on: TeachSituation) -> bool:
    features = on.training.features[: on.training.pictures].astype(np.float64)
    centered = features - features.mean(axis=0)
    values = np.sort(np.linalg.eigvalsh(centered @ centered.T))[::-1]
    return abs(float(values[:2].sum() / values.sum()) - float(on.plane.shares.sum())) < 1e-6


def _is_cut(on: TeachSituation) -> bool:
    return on.is_example and TAUGHT_EXAMPLES[on.settings.set].is_cut


def _are_parts(on: TeachSituation) -> bool:
    from cnn_core.samples import load_sample

    example = TAUGHT_EXAMPLES[on.settings.set]
    for source, pictures in zip(example.sources, taught_pictures(example.key), strict=True):
        if not isinstance(source, tuple):
            return False
        whole = load_sample(source[0])
        corner = pictures[0][0, 0]
        starts = np.argwhere((whole == corner).all(axis=2))
        side = source[1]
        if not any(
            np.array_equal(whole[top : top + side, left : left + side], pictures[0])
            for top, left in starts
        ):
            return False
    return True


def _pulls_to_the_bias(on: TeachSituation) -> bool:
    """Whether so much weight decay is chosen that leaving out fails for nearly every picture."""
    return _leaves(on) and on.settings.decay >= 1 and on.proportion.share < 0.5


def _confident(on: TeachSituation) -> float:
    return float(on.left_out.max(axis=1).mean())


CLAIMS: tuple[Claim[TeachSituation], ...] = (
    Claim(key="taught_left_out", applies=_leaves, sentence=_left_out, check=_left_out_is_refitting),
    Claim(
        key="taught_minority",
        applies=_pulls_to_the_bias,
        sentence=lambda on: (
            "With so much weight decay the weights are nearly 0 and the bias decides. When a "
            "picture is left out, its class has one picture fewer than before, so its bias is "
            f"lower: less than half are right. On average the probability of the class that is "
            f"named is only {percent_text(_confident(on))}."
        ),
        check=lambda on: (
            on.proportion.successes * 2 < on.proportion.trials and _confident(on) < 0.9
        ),
    ),
    Claim(key="taught_sums", applies=_fits, sentence=_sums, check=_sum_to_one),
    Claim(key="taught_logit", applies=_fits, sentence=_logit, check=_logit_is_split),
    Claim(key="taught_largest", applies=_fits, sentence=_largest, check=_is_largest),
    *SPREAD_CLAIMS,
    Claim(key="taught_size", applies=_fits, sentence=_size, check=_size_is_that),
    Claim(
        key="taught_decay",
        # Where the pictures of all classes are the same there are no weights to make shorter.
        applies=lambda on: on.can_fit and _length(on.head.weights) > _DUST,
        sentence=_decay,
        check=_is_shorter,
    ),
    Claim(key="taught_nearest", applies=_fits, sentence=_nearest, check=_is_nearest),
    Claim(
        key="taught_plane",
        applies=lambda on: on.can_fit and float(on.plane.shares.sum()) > 0,
        sentence=_plane,
        check=_plane_is_pca,
    ),
    Claim(
        key="taught_parts",
        applies=_is_cut,
        sentence=lambda on: (
            "The pictures of each class are parts of one photograph. They are more alike than "
            "photographs that you take yourself: do not expect the same accuracy there."
        ),
        check=_are_parts,
    ),
    Claim(
        key="taught_empty",
        applies=lambda on: not on.can_fit,
        sentence=lambda on: (
            "A head can be fitted when at least two classes have a picture. Nothing is trained yet."
        ),
        check=lambda on: sum(bool(one.pictures) for one in on.classes) < 2,
    ),
)
