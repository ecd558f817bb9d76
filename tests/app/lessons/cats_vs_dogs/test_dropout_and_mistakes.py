"""Dropout on the features as the page has it, and the pictures classified wrongly when left out."""

import cv2
import numpy as np
import pytest

from app.guide.claims import shown
from app.lessons.cats_vs_dogs.teach.claims import CLAIMS
from app.lessons.cats_vs_dogs.teach.heads import dropout_of, head_without
from app.lessons.cats_vs_dogs.teach.mistakes import place_map, strip, wrong_pictures
from app.lessons.cats_vs_dogs.teach.over_gray import over_gray
from app.lessons.cats_vs_dogs.teach.situation import TeachSituation, situation
from app.lessons.cats_vs_dogs.teach.spread import spread_chart, spread_text
from tests.app.guide.drawn import sample
from tests.app.opening import opened


def on(**texts: str) -> TeachSituation:
    return situation({f"taught_{key}": text for key, text in texts.items()}, sample("mandrill"))


def test_dropout_changes_the_head_what_leaving_out_gives_and_how_far_weights_are_spread():
    plain, dropped = on(set="noise"), on(set="noise", dropout="50")
    assert not np.allclose(plain.probabilities, dropped.probabilities, atol=0.01)
    assert not np.allclose(plain.left_out, dropped.left_out, atol=0.01)
    assert np.array_equal(dropped.without_dropout.weights, plain.head.weights)
    assert "without dropout" in spread_text(dropped)
    keys = {one.key for one in shown(CLAIMS, dropped)}
    assert {"taught_dropped", "taught_spread"} <= keys
    assert "taught_dropped" not in {one.key for one in shown(CLAIMS, plain)}


def test_the_more_pictures_the_fewer_masks_of_each():
    assert dropout_of(on().training, 0) is None
    few = dropout_of(on().training, 0.5)
    more = dropout_of(on(copies="1", set="three").training, 0.5)
    assert few is not None
    assert more is not None
    assert (few.masks, more.masks) == (8, 5)


@pytest.mark.parametrize("classroom", [False, True])
def test_the_chart_goes_up_to_all_weights(classroom):
    lines = spread_chart(on(dropout="20"), classroom=classroom)["data"]
    assert [one["name"] for one in lines] == ["without dropout", "dropout 20 %"]
    for line in lines:
        assert line["y"][-1] == 100
        assert line["y"] == sorted(line["y"])
    assert len(spread_chart(on(), classroom=classroom)["data"]) == 1


def test_a_mistake_is_drawn_from_the_head_that_made_it():
    found = on(set="noise")
    at = wrong_pictures(found)[0]
    head = head_without(found.training, at, found.settings.decay)
    assert head.probabilities(found.training.features[at]) == pytest.approx(
        found.left_out[at], abs=1e-5
    )
    data = place_map(found.training, at, found.settings.decay, 0.0, found.rows[at].picture)
    drawn = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert drawn.shape == (112, 112, 3)
    # Colored, over a picture that is gray.
    assert np.ptp(drawn.astype(int), axis=2).max() > 30
    view = found.rows[at].picture.view
    assert over_gray(view, view).shape == view.shape
    assert (np.ptp(view, axis=2) == 0).all()


def test_the_strip_has_a_map_beside_each_picture_once_there_is_one():
    found = on(set="noise")
    text = strip([(0, "→ A <b>"), (1, "→ B")], found, [None, b"jpeg"])
    assert text.count("<img") == 3
    assert text.count('class="later"') == 1
    assert "<b>" not in text
    assert "published" not in text  # what shows a taught picture is not kept for others


def test_the_page_has_the_mistakes():
    test = opened("cats_vs_dogs", taught_view="teach", taught_set="noise", taught_dropout="80")
    assert not test.exception
    assert "Mistakes when left out" in [one.value for one in test.subheader]
