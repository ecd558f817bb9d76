"""A visitor's pictures: edited and taken back, bounded, and gone with the session."""

import gc

import numpy as np
import pytest

from app.lessons.cats_vs_dogs import collection as module
from app.lessons.cats_vs_dogs.collection import (
    COLLECTIONS,
    TaughtCollection,
    bytes_of_all,
    example_classes,
    moved,
    renamed,
    taught_picture,
    with_class,
    without_class,
)
from cnn_core.errors import CnnCoreError


def picture(number: int):
    noise = np.random.default_rng(number).integers(0, 256, (20, 30, 3), dtype=np.uint8)
    return taught_picture(noise, f"{number}.png")


def counts(classes) -> list[int]:
    return [len(one.pictures) for one in classes]


def test_a_picture_is_kept_as_the_network_is_shown_it():
    one = picture(0)
    assert one.view.shape == (224, 224, 3)
    assert not one.view.flags.writeable
    assert one.view.nbytes == 147 * 1024


def test_a_picture_is_added_once_and_a_burst_is_taken_back_as_one_step():
    mine = TaughtCollection()
    mine.begin_step()
    assert mine.add(0, picture(1))
    assert mine.add(0, picture(2))
    assert not mine.add(0, picture(2))
    assert counts(mine.shown) == [2, 0]
    mine.undo()
    assert counts(mine.shown) == [0, 0]
    assert not mine.can_undo


def test_pictures_are_moved_and_taken_away():
    mine = TaughtCollection()
    for number in range(3):
        mine.add(0, picture(number))
    mine.edit(moved(mine.shown, 0, 1, 1))
    assert [one.name for one in mine.shown[0].pictures] == ["0.png", "2.png"]
    assert [one.name for one in mine.shown[1].pictures] == ["1.png"]
    mine.edit(moved(mine.shown, 0, 0, None))
    assert counts(mine.shown) == [1, 1]
    mine.undo()
    mine.undo()
    assert counts(mine.shown) == [3, 0]


@pytest.mark.parametrize(("at", "which", "to"), [(9, 0, 1), (0, 9, 1), (0, -1, 1), (0, 0, 0)])
def test_what_is_not_there_is_not_moved(at, which, to):
    classes = example_classes("textures")
    assert moved(classes, at, which, to) is classes


def test_there_are_two_to_five_classes_with_names_of_their_own():
    classes = module.EMPTY
    for _ in range(6):
        classes = with_class(classes)
    assert [one.name for one in classes] == [f"Class {n}" for n in range(1, 6)]
    for _ in range(6):
        classes = without_class(classes, 0)
    assert len(classes) == 2
    assert renamed(classes, 0, "  My   dog ")[0].name == "My dog"
    for name in ("", "   ", classes[1].name):
        with pytest.raises(CnnCoreError, match="name of its own"):
            renamed(classes, 0, name)


def test_an_example_that_is_edited_becomes_ones_own_and_stays_as_it_was():
    mine = TaughtCollection()
    mine.shown = example_classes("textures")
    mine.add(0, picture(1))
    assert counts(mine.classes) == [9, 8]
    assert counts(example_classes("textures")) == [8, 8]
    assert mine.bytes_held == picture(1).view.nbytes  # the bundled ones are everybody's


def test_the_number_of_pictures_is_bounded(monkeypatch):
    monkeypatch.setattr(module, "MOST_PICTURES", 2)
    mine = TaughtCollection()
    mine.add(0, picture(1))
    mine.add(1, picture(2))
    with pytest.raises(CnnCoreError, match="the most"):
        mine.add(1, picture(3))


def test_the_bytes_of_all_visitors_are_bounded(monkeypatch):
    gc.collect()
    size = picture(1).view.nbytes
    monkeypatch.setattr(module, "MAX_BYTES", bytes_of_all() + 2 * size)
    mine, other = TaughtCollection(), TaughtCollection()
    mine.add(0, picture(1))
    other.add(0, picture(2))
    with pytest.raises(CnnCoreError, match="memory of this server"):
        other.add(0, picture(3))
    del mine
    gc.collect()
    assert other.add(0, picture(3))


def test_thirty_visitors_with_fifty_pictures_each_fit():
    assert 30 * 50 * picture(0).view.nbytes < module.MAX_BYTES


def test_pictures_are_gone_with_the_session():
    mine = TaughtCollection()
    mine.add(0, picture(1))
    owner, before = mine.owner, bytes_of_all()
    assert COLLECTIONS[owner] is mine
    del mine
    gc.collect()
    assert owner not in COLLECTIONS
    assert bytes_of_all() == before - picture(1).view.nbytes


def test_a_class_that_is_gone_takes_no_picture():
    with pytest.raises(CnnCoreError, match="no longer there"):
        TaughtCollection().add(2, picture(1))
