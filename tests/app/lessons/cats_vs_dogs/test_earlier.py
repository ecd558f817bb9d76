"""The most similar of the visitor's earlier pictures."""

import numpy as np
import pytest

from app.lessons.cats_vs_dogs.animal.earlier import COMPUTING, NONE_YET, earlier_of
from app.lessons.cats_vs_dogs.animal.sheet import SheetPicture
from app.lessons.cats_vs_dogs.held import taught_picture
from app.lessons.cats_vs_dogs.taught_features import compute
from cnn_core import networks
from cnn_core.networks.features import features
from cnn_core.samples import load_sample
from tests.app.opening import opened


def picture(key: str, part: slice) -> SheetPicture:
    name = f"{key} {part.start}"
    return SheetPicture(
        setting="", name=name, picture=taught_picture(load_sample(key)[part, part], name)
    )


def test_it_is_the_one_with_the_largest_cosine_of_features_and_not_itself():
    cat, other_cat = picture("cat", slice(0, 250)), picture("cat", slice(40, 290))
    coffee = picture("coffee", slice(30, 300))
    own = [cat, coffee, other_cat]
    assert earlier_of(cat.picture, own) == {"text": COMPUTING}
    compute([one.row for one in own])
    found = earlier_of(cat.picture, own)
    network = networks.load("efficientnet_lite0")
    first, second = np.concatenate(
        list(features(network, [cat.picture.view, other_cat.picture.view]))
    )
    cosine = first @ second / np.linalg.norm(first) / np.linalg.norm(second)
    assert found["digest"] == other_cat.picture.digest
    assert float(found["text"].split("cosine ")[1].rstrip(")")) == pytest.approx(cosine, abs=0.006)
    assert found["address"]


def test_without_an_earlier_picture_it_says_what_to_do():
    cat = picture("cat", slice(0, 250))
    assert earlier_of(cat.picture, []) == {"text": NONE_YET}
    assert earlier_of(cat.picture, [cat]) == {"text": NONE_YET}
    assert not opened("cats_vs_dogs").exception
