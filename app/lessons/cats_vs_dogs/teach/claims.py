"""What to notice of a taught head."""

import numpy as np

from app.drawing.numbers import number_text, percent_text
from app.guide.claims import Claim
from app.lessons.cats_vs_dogs.teach.asked_claims import ASKED_CLAIMS
from app.lessons.cats_vs_dogs.teach.chart_claims import CHART_CLAIMS
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
    if on.says_little != (on.proportion.successes <= _most_named(on)):
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


def _is_lowered(on: TeachSituation) -> bool:
    """Leave one out where the features say nothing: its class has less, and another one is named.

    Of classes with equally many pictures, here as many as the largest has.
    """
    count, classes = max(on.counts), len(on.names)
    labels = np.repeat(np.arange(classes), count)[1:]
    nothing = np.zeros((len(labels), 1))
    shares = fit_head(nothing, labels, weight_decay=on.settings.decay).probabilities(nothing[0])
    return bool(shares[0] < 1 / classes - _DUST and shares.argmax() != 0)


def _most_named(on: TeachSituation) -> int:
    return int(np.bincount(on.labels).max())


def _confident(on: TeachSituation) -> float:
    return float(on.left_out.max(axis=1).mean())


CLAIMS: tuple[Claim[TeachSituation], ...] = (
    Claim(key="taught_left_out", applies=_leaves, sentence=_left_out, check=_left_out_is_refitting),
    Claim(
        key="taught_minority",
        applies=lambda on: _leaves(on) and on.says_little,
        sentence=lambda on: (
            "When a picture is left out, its class has one picture fewer than before. Where the "
            "features count little (much weight decay, or classes that look alike), this alone can "
            "make the head name another class. On average the probability of the class that is "
            f"named is **{percent_text(_confident(on))}**."
        ),
        check=lambda on: (
            on.proportion.successes <= _most_named(on)
            and _is_lowered(on)
            and abs(float(np.mean([max(one) for one in on.left_out])) - _confident(on)) < _DUST
        ),
    ),
    *ASKED_CLAIMS,
    *SPREAD_CLAIMS,
    Claim(key="taught_size", applies=_fits, sentence=_size, check=_size_is_that),
    Claim(
        key="taught_decay",
        # Where the pictures of all classes are the same there are no weights to make shorter.
        applies=lambda on: on.can_fit and float(np.abs(on.head.weights).max()) >= _DUST,
        sentence=_decay,
        check=_is_shorter,
    ),
    *CHART_CLAIMS,
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
