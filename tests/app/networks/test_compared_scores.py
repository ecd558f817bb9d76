"""Class bars before and after a change."""

import numpy as np

from app.networks.compared_scores import compared_scores


def test_bars_keep_the_order_of_before_and_a_newcomer_comes_last() -> None:
    before, after = np.array([0.1, 0.6, 0.2, 0.05, 0.02, 0.02, 0.01]), np.zeros(7)
    after[6] = 1
    rows = compared_scores("abcdefg", before, after, chosen=None)
    assert [row["name"] for row in rows] == ["b", "c", "a", "d", "e", "g"]
    assert rows[-1]["new"]
    assert rows[0]["text"] == "0 %"
