"""Sentences that a few pictures once made false: equal classes, one direction, ties, neither."""

import numpy as np

from app.guide.attempts import offered
from app.guide.claims import shown
from app.lessons.cats_vs_dogs.animal.attempts import ATTEMPTS
from app.lessons.cats_vs_dogs.animal.sheet import SheetPicture, by_doubt
from app.lessons.cats_vs_dogs.animal.situation import situation as animal
from app.lessons.cats_vs_dogs.collection import TaughtClass, example_classes, taught_picture
from app.lessons.cats_vs_dogs.starts.situation import situation as starts
from app.lessons.cats_vs_dogs.teach.claims import CLAIMS
from app.lessons.cats_vs_dogs.teach.frames import accuracy_text
from app.lessons.cats_vs_dogs.teach.settings import OWN, read_settings
from app.lessons.cats_vs_dogs.teach.situation import TeachSituation, situation
from app.lessons.cats_vs_dogs.teach.spread import spread_text
from cnn_core.samples import load_sample
from tests.app.guide.drawn import sample

FUR, BRICK = example_classes("textures")


def own(*classes: TaughtClass, **texts: str) -> TeachSituation:
    settings = read_settings({"taught_set": OWN, **texts})
    return TeachSituation(settings=settings, picture=sample("cat"), classes=classes)


def sentences(on: TeachSituation) -> dict[str, str]:
    claims = shown(CLAIMS, on)
    assert all(one.check(on) for one in claims)
    return {one.key: one.sentence(on) for one in claims}


def test_where_leaving_out_is_no_better_than_one_name_no_interval_is_given():
    equal = own(FUR, TaughtClass(name="Again", pictures=FUR.pictures))
    noise = situation({"taught_set": "noise", "taught_decay": "10"}, sample("cat"))
    for on in (equal, noise):
        text = accuracy_text(on)
        assert "0 of 16" in text
        assert "8 of 16" in text
        assert "anywhere" not in text
        assert "taught_minority" in sentences(on)
    found = accuracy_text(situation({}, sample("cat")))
    assert "from 81 to 100" in found
    assert "confidence" in found


def test_classes_that_are_the_same_are_equally_probable_and_dust_is_no_number():
    on = own(FUR, TaughtClass(name="Again", pictures=FUR.pictures))
    found = sentences(on)
    assert "**Fur** and **Again** are equally probable" in found["taught_sums"]
    assert not {"taught_logit", "taught_largest", "taught_decay", "taught_spread"} & set(found)
    assert spread_text(on) == "All weights are 0."


def test_two_pictures_differ_in_one_direction_and_three_in_a_plane():
    one, three = (
        sentences(
            own(
                TaughtClass(name="A", pictures=FUR.pictures[:count]),
                TaughtClass(name="B", pictures=BRICK.pictures[:1]),
            )
        )["taught_plane"]
        for count in (1, 2)
    )
    assert "in one direction only" in one
    assert "outside of that plane" in three
    assert "at its place in the chart" in sentences(own(FUR, BRICK))["taught_plane"]


def test_a_tile_says_how_probable_neither_is():
    tile = SheetPicture(
        setting="", name="Mandrill", picture=taught_picture(load_sample("mandrill"), "Mandrill")
    )
    on = animal({"animal_threshold": "50"}, sample("mandrill"))
    np.testing.assert_allclose(on.verdict.neither, 0.997, atol=0.001)
    from app.lessons.cats_vs_dogs.taught_features import compute

    compute([tile.row])
    (row,) = by_doubt([tile], 50)
    assert row.text == "neither: 99.7\u00a0%"


def test_what_is_on_the_screen_already_is_not_offered():
    keys = {one.key for one in offered(ATTEMPTS, animal({"animal_threshold": "50"}, sample("cat")))}
    assert "animal_cat" not in keys
    assert "animal_dog" in keys


def test_with_fewer_pictures_than_chosen_the_bars_say_of_how_many_they_are():
    from app.lessons.cats_vs_dogs.starts.page import chart_words

    chosen = starts({"taught_set": "textures", "starts_count": "8"}, sample("cat"))
    assert "too few to train with 8: the bars are of 6" in chart_words(chosen)
