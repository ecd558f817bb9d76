"""How sure one can be of a share that was counted: 9,435 of 10,000 pictures named correctly."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from cnn_core.errors import CnnCoreError


@dataclass(frozen=True, slots=True)
class Proportion:
    """How many of a number of trials succeeded.

    Attributes:
        successes: 0 to `trials`.
        trials: at least 1.

    Raises:
        CnnCoreError: if the numbers are outside these ranges.

    >>> named = Proportion(9435, 10_000)
    >>> named.share, tuple(round(end, 4) for end in named.interval())
    (0.9435, (0.9388, 0.9479))
    """

    successes: int
    trials: int

    def __post_init__(self) -> None:
        if not 0 <= self.successes <= self.trials or self.trials < 1:
            raise CnnCoreError(
                f"Of at least 1 trial, from none to all can succeed, "
                f"not {self.successes} of {self.trials}."
            )

    @property
    def share(self) -> float:
        """The part that succeeded, 0 to 1."""
        return self.successes / self.trials

    def interval(self, *, confidence: float = 0.95) -> tuple[float, float]:
        """Give the Wilson interval of the share, see `wilson_interval`."""
        return wilson_interval(self.successes, self.trials, confidence=confidence)


def wilson_interval(
    successes: int, trials: int, *, confidence: float = 0.95
) -> tuple[float, float]:
    """Bound the true share of successes, from `successes` in independent `trials`.

    The Wilson score interval: all shares p for which the counted share is at most z standard
    deviations sqrt(p (1 - p) / n) away from p, where z belongs to the confidence. Unlike "the
    counted share plus or minus z standard deviations", it never leaves 0 to 1 and has a width even
    where nothing or everything succeeded.

    Source: Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", 1927.

    Returns:
        (low, high), each from 0 to 1.

    Raises:
        CnnCoreError: if there are no trials, more successes than trials or fewer than 0, or the
            confidence is not between 0 and 1.

    >>> [round(end, 3) for end in wilson_interval(0, 10)]
    [0.0, 0.278]
    """
    share = Proportion(successes, trials).share
    if not 0 < confidence < 1:
        raise CnnCoreError(f"A confidence is between 0 and 1, such as 0.95, not {confidence:g}.")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    shrink = 1 / (1 + z * z / trials)
    center = shrink * (share + z * z / (2 * trials))
    half = shrink * z * math.sqrt(share * (1 - share) / trials + (z / (2 * trials)) ** 2)
    # At the ends rounding would leave 1e-17 where the formula gives 0.
    low = 0.0 if successes == 0 else center - half
    high = 1.0 if successes == trials else center + half
    return low, high
