"""What is found for all pictures together is what is found for each by itself."""

import numpy as np
import pytest

from cnn_core.networks import head_task
from cnn_core.networks.heads import fit_head, leave_one_out


def rows(count: int, classes: int, copies: int):
    draw = np.random.default_rng(count)
    labels = np.arange(count) % classes
    features = np.maximum(0, draw.normal(size=(count, 200)))
    features[np.arange(count), labels] += 1.5
    of = np.tile(np.arange(count), copies)
    more = (
        features[of]
        + 0.3 * draw.normal(size=(count * copies, 200)) * (np.arange(len(of)) >= count)[:, None]
    )
    return more, labels[of], of


@pytest.mark.parametrize("decay", [1e-4, 1e-2, 10])
@pytest.mark.parametrize(("count", "classes", "copies"), [(5, 2, 1), (30, 3, 1), (20, 2, 3)])
def test_leaving_out_is_fitting_anew(count, classes, copies, decay):
    features, labels, of = rows(count, classes, copies)
    found = list(leave_one_out(features, labels, weight_decay=decay, pictures=of))
    assert len(found) == count
    for at in (0, count // 2, count - 1):
        again = fit_head(features[of != at], labels[of != at], weight_decay=decay)
        assert found[at] == pytest.approx(again.probabilities(features[at]), abs=1e-6)


def test_none_is_sought_by_itself(monkeypatch):
    sought = []
    real = head_task.HeadTask.solve
    monkeypatch.setattr(
        head_task.HeadTask, "solve", lambda *given: sought.append(given) or real(*given)
    )
    features, labels, _ = rows(30, 3, 1)
    list(leave_one_out(features, labels, weight_decay=0.01))
    assert len(sought) == 1  # the head of all pictures


@pytest.mark.parametrize("reason", ["too many numbers", "no end", "pictures with unlike copies"])
def test_where_they_are_not_found_together_each_is_sought_by_itself(monkeypatch, reason):
    features, labels, of = rows(12, 2, 2)
    if reason == "too many numbers":
        monkeypatch.setattr(head_task, "MOST_NUMBERS", 10)
    elif reason == "no end":
        monkeypatch.setattr("cnn_core.networks.leaving_out._MOST_STEPS", 1)
    else:
        features, labels, of = features[:-1], labels[:-1], of[:-1]
    found = list(leave_one_out(features, labels, weight_decay=0.01, pictures=of))
    again = fit_head(features[of != 3], labels[of != 3], weight_decay=0.01)
    assert found[3] == pytest.approx(again.probabilities(features[3]), abs=1e-6)


def test_pictures_that_are_all_equal_tell_nothing():
    found = list(leave_one_out(np.ones((6, 9)), [0, 1] * 3, weight_decay=0.01))
    for at, one in enumerate(found):
        kept = [0.6, 0.4] if at % 2 else [0.4, 0.6]
        assert one == pytest.approx(kept, abs=1e-6)
