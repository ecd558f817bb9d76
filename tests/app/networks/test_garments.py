"""Which test pictures are of a class, and which a network classifies wrongly."""

import numpy as np
import pytest

from app.lessons.inside_cnn.garment_sheet import A_PAGE, garment_sheet
from app.networks.garments import Choice, chosen, next_mistakes
from cnn_core.datasets import FASHION_CLASSES, load_fashion
from cnn_core.networks import load, trace
from cnn_core.networks.accuracy import recorded_accuracy

NETWORKS = ("fashion_cnn", "fashion_mlp")
SHIRT = FASHION_CLASSES.index("Shirt")


@pytest.mark.parametrize("network", NETWORKS)
def test_one_mistake_after_the_other_is_one_of_the_network_s_own(network: str) -> None:
    labels, garment, seen = load_fashion("test").labels, 0, []
    for _ in range(12):
        garment = next_mistakes(network, garment, 1)[0]
        seen.append(garment)
        scores = trace(load(network), load_fashion("test").images[garment]).scores
        assert int(scores.argmax()) != labels[garment]
    assert seen == sorted(set(seen))


def test_after_the_last_mistake_comes_the_first() -> None:
    last = int(chosen(Choice(network="fashion_cnn", wrong=True))[-1])
    assert next_mistakes("fashion_cnn", last, 2) == next_mistakes("fashion_cnn", -1, 2)


@pytest.mark.parametrize("network", NETWORKS)
def test_what_is_looked_for_adds_up_to_the_recorded_accuracy(network: str) -> None:
    accuracy = recorded_accuracy(network)
    assert accuracy is not None
    wrong = chosen(Choice(network=network, wrong=True))
    assert len(wrong) == round(10_000 * (1 - accuracy.overall))
    of_shirts = chosen(Choice(network=network, label=SHIRT, wrong=True))
    assert len(of_shirts) == round(1_000 * (1 - accuracy.per_class[SHIRT]))
    assert set(of_shirts) <= set(wrong)
    assert (load_fashion("test").labels[of_shirts] == SHIRT).all()


def test_no_mistake_is_known_of_a_network_without_a_record() -> None:
    assert next_mistakes("efficientnet_lite0", 0, 1) == []
    assert len(chosen(Choice(network="efficientnet_lite0", wrong=True))) == 0


def test_the_pages_together_are_all_that_is_looked_for() -> None:
    choice = Choice(network="fashion_cnn", label=SHIRT, wrong=True)
    listed: list[int] = []
    for first in range(0, 240, A_PAGE):
        blobs, sheet = garment_sheet(choice, first)
        assert bool(blobs) == bool(sheet["pictures"])
        listed += [one["index"] for one in sheet["pictures"]]
        assert all(one["given"] != one["label"] == "Shirt" for one in sheet["pictures"])
    np.testing.assert_array_equal(listed, chosen(choice))
