"""The uncertainty of a counted share."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from cnn_core.errors import CnnCoreError
from cnn_core.proportion import Proportion, wilson_interval


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int]:
    trials = draw(st.integers(1, 20_000))
    return draw(st.integers(0, trials)), trials


@given(counts(), st.sampled_from([0.5, 0.9, 0.95, 0.99]))
def test_the_interval_is_the_one_scipy_gives(count, confidence):
    successes, trials = count
    low, high = wilson_interval(successes, trials, confidence=confidence)
    expected = binomtest(successes, trials).proportion_ci(confidence, method="wilson")
    assert low == pytest.approx(expected.low, abs=1e-12)
    assert high == pytest.approx(expected.high, abs=1e-12)


@given(counts())
def test_the_interval_holds_the_share_and_stays_between_0_and_1(count):
    proportion = Proportion(*count)
    low, high = proportion.interval()
    assert 0 <= low <= proportion.share <= high <= 1
    assert low < high


@given(counts())
def test_failures_have_the_mirrored_interval(count):
    successes, trials = count
    low, high = wilson_interval(successes, trials)
    mirrored = wilson_interval(trials - successes, trials)
    assert mirrored == (pytest.approx(1 - high), pytest.approx(1 - low))


def test_the_ends_of_the_interval_are_z_standard_deviations_from_the_counted_share():
    for end in wilson_interval(30, 100):
        assert abs(0.3 - end) / math.sqrt(end * (1 - end) / 100) == pytest.approx(1.959964)


def test_the_ends_are_exact_where_none_or_all_succeed():
    assert wilson_interval(0, 7)[0] == 0
    assert wilson_interval(7, 7)[1] == 1


@pytest.mark.parametrize(("successes", "trials"), [(-1, 3), (4, 3), (0, 0), (0, -2)])
def test_counts_that_cannot_be_are_refused(successes, trials):
    with pytest.raises(CnnCoreError, match=f"not {successes} of {trials}"):
        wilson_interval(successes, trials)


@pytest.mark.parametrize("confidence", [0, 1, -0.5, 95, math.nan])
def test_a_confidence_outside_0_to_1_is_refused(confidence):
    with pytest.raises(CnnCoreError, match="confidence"):
        wilson_interval(1, 2, confidence=confidence)
