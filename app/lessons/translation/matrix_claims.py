"""What to notice in the two views of small matrices."""

import numpy as np

from app.drawing.numbers import count_text, precise_text
from app.guide.claims import Claim
from app.lessons.translation.matrices import PooledPair
from app.lessons.translation.settings import LARGEST_X
from app.lessons.translation.situation import TranslationSituation as On
from cnn_core.images.patterns import LECTURE_4X4


def _numbers(on: On) -> bool:
    return on.view == "numbers"


def _order(on: On) -> bool:
    return on.view == "order"


def _recomputed(on: On) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """A, B and both pooled, once more without `cnn_core`."""
    a = np.array(LECTURE_4X4, float)
    n = on.settings.columns
    b = np.hstack([np.full((4, n), float(on.settings.x)), a[:, : 4 - n]])
    reduce = np.max if on.settings.kind == "max" else np.mean
    one, other = (reduce(m.reshape(2, 2, 2, 2), axis=(1, 3)) for m in (a, b))
    return a, b, one, other


def _errors(on: On) -> str:
    return (
        f"MSE(A, B), the mean of all squared differences, is **{precise_text(on.pair.error)}** "
        f"before pooling and **{precise_text(on.pair.pooled_error)}** after."
    )


def _are_errors(on: On) -> bool:
    a, b, one, other = _recomputed(on)
    found = [precise_text(float(np.mean((x - y) ** 2))) for x, y in ((a, b), (one, other))]
    return _errors(on).count(f"**{found[0]}**") > 0 and f"**{found[1]}** after" in _errors(on)


def _same(on: On) -> str:
    count = on.pair.unchanged
    return (
        f"{count_text(count)} of the 4 outputs {'is' if count == 1 else 'are'} the same for A and "
        "B, although the matrix was shifted: there the largest numbers of both windows are equal."
    )


def _is_same(on: On) -> bool:
    _, _, one, other = _recomputed(on)
    return int((one == other).sum()) == on.pair.unchanged > 0


def threshold(pair: PooledPair) -> int:
    """Return the largest x that no maximum of B depends on, where one column enters."""
    left = pair.a[:, 0]
    return int(min(left[:2].max(), left[2:].max()))


def _hidden(on: On) -> str:
    return (
        f"As long as x is at most **{threshold(on.pair)}**, no maximum depends on it: each "
        "of its windows has a number that is as large or larger."
    )


def _is_hidden(on: On) -> bool:
    def pooled(x: int) -> np.ndarray:
        return PooledPair(x=x, columns=1, kind="max").pooled_b.values

    limit = threshold(on.pair)
    same = all(np.array_equal(pooled(0), pooled(x)) for x in range(limit + 1))
    return same and limit < LARGEST_X and not np.array_equal(pooled(0), pooled(limit + 1))


def _two_columns(on: On) -> str:
    return (
        "A shift by 2 columns is a whole stride: the pooled matrix is moved by exactly one column, "
        "and no window holds other numbers than before, except where x enters."
    )


def _is_moved(on: On) -> bool:
    _, _, one, other = _recomputed(on)
    return np.array_equal(other[:, 1], one[:, 0])


def _lecture(on: On) -> str:
    return (
        "A is the **lecture’s example of max pooling**: the largest numbers of its windows are 20, "
        "30, 112 and 37. Step by step computes with the same matrix, under “Max pool 4 × 4”."
    )


def _is_lecture(on: On) -> bool:
    numbers = [[12, 20, 30, 0], [8, 12, 2, 0], [34, 70, 37, 4], [112, 100, 25, 12]]
    largest = [int(window.max()) for window in _windows(np.array(numbers))]
    return np.array_equal(on.pair.a, numbers) and largest == [20, 30, 112, 37]


MATRIX_CLAIMS: tuple[Claim[On], ...] = (
    Claim(key="lecture", applies=_numbers, sentence=_lecture, check=_is_lecture),
    Claim(
        key="errors",
        applies=lambda on: _numbers(on) and on.settings.columns > 0,
        sentence=_errors,
        check=_are_errors,
    ),
    Claim(
        key="no_column",
        applies=lambda on: _numbers(on) and on.settings.columns == 0,
        sentence=lambda on: "No column enters: A and B are the same, and every difference is 0.",
        check=lambda on: on.pair.error == on.pair.pooled_error == 0,
    ),
    Claim(
        key="same",
        applies=lambda on: (
            _numbers(on)
            and on.settings.kind == "max"
            and on.settings.columns > 0
            and on.pair.unchanged > 0
        ),
        sentence=_same,
        check=_is_same,
    ),
    Claim(
        key="hidden",
        applies=lambda on: _numbers(on) and on.settings.kind == "max" and on.settings.columns == 1,
        sentence=_hidden,
        check=_is_hidden,
    ),
    Claim(
        key="two_columns",
        applies=lambda on: _numbers(on) and on.settings.columns == 2,
        sentence=_two_columns,
        check=_is_moved,
    ),
    Claim(
        key="average_smaller",
        applies=lambda on: _numbers(on) and on.settings.kind == "average",
        sentence=lambda on: (
            "An average depends on **every** number of its window. Average pooling never makes the "
            "MSE larger: differences of opposite sign cancel in a window."
        ),
        check=lambda on: on.pair.pooled_error <= on.pair.error + 1e-6,
    ),
    Claim(
        key="max_larger",
        applies=lambda on: (
            _numbers(on) and on.settings.kind == "max" and on.pair.pooled_error > on.pair.error
        ),
        sentence=lambda on: (
            "Here max pooling makes the MSE **larger**: one large number counts for its whole "
            "window. Max pooling hides many small shifts, not all."
        ),
        check=lambda on: (
            float(np.mean((_recomputed(on)[2] - _recomputed(on)[3]) ** 2))
            > float(np.mean((_recomputed(on)[0] - _recomputed(on)[1]) ** 2))
        ),
    ),
    Claim(
        key="max_commutes",
        applies=lambda on: _order(on) and on.both.activation.never_decreases,
        sentence=lambda on: (
            f"{_never_decreases(on)} So the largest number of a window has the largest output, and "
            f"max pooling gives **the same in both orders**."
        ),
        check=lambda on: _max_commutes(on),
    ),
    Claim(
        key="max_does_not",
        applies=lambda on: _order(on) and not on.both.activation.never_decreases,
        sentence=lambda on: (
            f"{on.both.activation.title} decreases somewhere, so the largest number of a window "
            f"need not have the largest output. For max pooling, the order matters in "
            f"**{int(on.both.unequal('max').sum())} of 4** outputs here."
        ),
        check=lambda on: (
            bool((np.diff(on.both.activation(np.linspace(-20, 20, 20001))) < -1e-6).any())
            and int(on.both.unequal("max").sum()) == _unequal_recomputed(on, np.max)
        ),
    ),
    Claim(
        key="average_order",
        applies=lambda on: _order(on) and bool(on.both.unequal("average").any()),
        sentence=lambda on: (
            f"For average pooling, the order matters in "
            f"**{int(on.both.unequal('average').sum())} of 4** outputs: the mean of the outputs is "
            f"not the output of the mean."
        ),
        check=lambda on: (
            int(on.both.unequal("average").sum()) == _unequal_recomputed(on, np.mean) > 0
        ),
    ),
    Claim(
        key="relu_larger",
        applies=lambda on: (
            _order(on)
            and on.settings.activation == "relu"
            and bool(on.both.unequal("average").any())
        ),
        sentence=lambda on: (
            "ReLU first gives larger or equal averages: negative numbers are 0 before they can "
            "lower the mean."
        ),
        check=lambda on: bool(
            (on.both.activation_first("average") >= on.both.pooling_first("average") - 1e-6).all()
        ),
    ),
    Claim(
        key="activations",
        applies=lambda on: _order(on) and on.settings.activation != "identity",
        sentence=lambda on: (
            "Activation first computes **16** activations here, pooling first **4**: with windows "
            "of 2 × 2 it is a quarter."
        ),
        check=lambda on: on.both.x.size == 16 and on.both.pooled("max").size == 4,
    ),
)


def _never_decreases(on: On) -> str:
    if on.settings.activation == "identity":
        return "Without an activation, numbers stay as they are."
    return (
        f"{on.both.activation.title} never decreases: a larger number never has a smaller output."
    )


def _windows(values: np.ndarray) -> np.ndarray:
    return values.reshape(2, 2, 2, 2).transpose(0, 2, 1, 3).reshape(4, 4)


def _max_commutes(on: On) -> bool:
    function, windows = on.both.activation, _windows(on.both.x)
    return bool(np.allclose(function(windows).max(axis=1), function(windows.max(axis=1))))


def _unequal_recomputed(on: On, reduce) -> int:  # type: ignore[no-untyped-def]
    function, windows = on.both.activation, _windows(on.both.x)
    one = reduce(function(windows), axis=1)
    other = function(reduce(windows, axis=1))
    return int((~np.isclose(one, other, rtol=1e-5, atol=1e-5)).sum())
