"""A visitor's pictures: edited and taken back, bounded, and gone with the session."""

import gc
import threading
from functools import partial

import numpy as np
import pytest

from app.lessons.cats_vs_dogs import collection as module
from app.lessons.cats_vs_dogs.changes import moved, renamed, with_class, without_class
from app.lessons.cats_vs_dogs.collection import COLLECTIONS, TaughtCollection, example_classes
from app.lessons.cats_vs_dogs.held import bytes_of_all, taught_picture
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
    assert mine.add("0", picture(1), step="a")
    assert mine.add("0", picture(2), step="a", number=1)
    assert not mine.add("0", picture(2))
    assert counts(mine.classes) == [2, 0]
    mine.undo()
    assert counts(mine.classes) == [0, 0]
    assert not mine.can_undo


def test_pictures_are_moved_and_taken_away():
    mine = TaughtCollection()
    for number in range(3):
        mine.add("0", picture(number))
    mine.edit(lambda now: moved(now, "0", picture(1).digest, "1"))
    assert [one.name for one in mine.classes[0].pictures] == ["0.png", "2.png"]
    assert [one.name for one in mine.classes[1].pictures] == ["1.png"]
    mine.edit(lambda now: moved(now, "0", picture(0).digest, None))
    mine.edit(
        lambda now: moved(now, "0", picture(0).digest, None)
    )  # a second press changes nothing
    assert counts(mine.classes) == [1, 1]
    mine.undo()
    mine.undo()
    assert counts(mine.classes) == [3, 0]


def test_what_is_not_there_is_not_moved():
    classes = example_classes("textures")
    (fur, brick), first = (one.id for one in classes), classes[0].pictures[0].digest
    assert moved(classes, fur, first, fur) is classes
    assert moved(classes, brick, first, fur) is classes
    for which, to in (("gone", fur), (fur, "gone")):
        with pytest.raises(CnnCoreError, match="no longer there"):
            moved(classes, which, first, to)


def test_there_are_two_to_five_classes_with_names_of_their_own():
    classes = module.EMPTY
    for _ in range(6):
        classes = with_class(classes)
    assert [one.name for one in classes] == [f"Class {n}" for n in range(1, 6)]
    for _ in range(6):
        classes = without_class(classes, classes[0].id)
    assert len(classes) == 2
    assert renamed(classes, classes[0].id, "  My \u202e  dog\ud800 ")[0].name == "My dog"
    for name in ("", "   ", "\u200b\u200d", classes[1].name):
        with pytest.raises(CnnCoreError, match="name of its own"):
            renamed(classes, classes[0].id, name)


def test_an_example_that_is_edited_becomes_ones_own_and_stays_as_it_was():
    mine = TaughtCollection()
    sight = mine.show("textures")
    mine.add(sight.classes[0].id, picture(1))
    assert counts(mine.classes) == [9, 8]
    assert counts(example_classes("textures")) == [8, 8]
    assert mine.bytes_held == picture(1).view.nbytes  # the bundled ones are everybody's


def test_the_number_of_pictures_is_bounded(monkeypatch):
    monkeypatch.setattr(module, "MOST_PICTURES", 2)
    mine = TaughtCollection()
    mine.add("0", picture(1))
    mine.add("1", picture(2))
    with pytest.raises(CnnCoreError, match="the most"):
        mine.add("1", picture(3))


def test_the_bytes_of_all_visitors_are_bounded(monkeypatch):
    gc.collect()
    size = picture(1).view.nbytes
    monkeypatch.setattr(module, "MAX_BYTES", bytes_of_all() + 2 * size)
    mine, other = TaughtCollection(), TaughtCollection()
    mine.add("0", picture(1))
    other.add("0", picture(2))
    with pytest.raises(CnnCoreError, match="memory of this server"):
        other.add("0", picture(3))
    del mine
    gc.collect()
    assert other.add("0", picture(3))


def test_thirty_visitors_with_fifty_pictures_each_fit():
    assert 30 * 50 * picture(0).view.nbytes < module.MAX_BYTES


def test_pictures_are_gone_with_the_session():
    mine = TaughtCollection()
    mine.add("0", picture(1))
    owner, before = mine.owner, bytes_of_all()
    assert COLLECTIONS[owner] is mine
    del mine
    gc.collect()
    assert owner not in COLLECTIONS
    assert bytes_of_all() == before - picture(1).view.nbytes


def test_a_class_that_is_gone_takes_no_picture():
    with pytest.raises(CnnCoreError, match="no longer there"):
        TaughtCollection().add("2", picture(1))


def test_pictures_on_their_way_to_an_example_are_kept_whatever_the_page_draws_meanwhile():
    mine = TaughtCollection()
    sight = mine.show("textures")
    fur, chosen = sight.classes[0].id, "textures"
    for number in range(3):
        assert mine.add(fur, picture(number), sight=sight.number, step="a", number=number)
        chosen = mine.show(chosen).set  # the browser has not been told yet
        assert chosen == "own"
    assert counts(mine.show("own").classes) == [11, 8]
    # Another set is chosen: what is still on its way goes where it was dropped.
    other = mine.show("three")
    assert mine.add(fur, picture(3), sight=sight.number, step="a", number=3)
    assert mine.show("three").number == other.number
    assert counts(mine.classes) == [12, 8]
    # And the example itself is as it was.
    assert counts(mine.show("textures").classes) == [8, 8]
    assert mine.undo() == "textures"
    assert mine.show("textures").set == "textures"
    assert counts(mine.classes) == [0, 0]


def test_ones_own_classes_come_back_when_an_edit_of_an_example_is_undone():
    mine = TaughtCollection()
    mine.add("0", picture(1))
    sight = mine.show("three")
    mine.edit(lambda now: without_class(now, now[0].id), sight.number)
    assert counts(mine.show("own").classes) == [8, 8]
    assert mine.undo() == "three"
    assert counts(mine.show("own").classes) == [1, 0]


def test_a_picture_goes_to_its_class_though_another_one_was_removed():
    mine = TaughtCollection()
    fur, brick, cat = (one.id for one in mine.show("three").classes)
    mine.edit(lambda now: without_class(now, fur))
    assert mine.add(brick, picture(1))
    assert counts(mine.classes) == [9, 8]
    with pytest.raises(CnnCoreError, match="no longer there"):
        mine.add(fur, picture(2))
    assert cat in {one.id for one in mine.classes}


def test_what_comes_after_undo_is_refused():
    mine = TaughtCollection()
    mine.add("0", picture(0), step="a")
    mine.add("1", picture(1), step="b")
    mine.undo()
    with pytest.raises(CnnCoreError, match="Undo came before"):
        mine.add("1", picture(2), step="b", number=1)
    assert counts(mine.classes) == [1, 0]
    mine.undo()
    assert counts(mine.classes) == [0, 0]


def test_pictures_have_the_order_of_their_files():
    mine = TaughtCollection()
    mine.add("0", picture(9), step="a", number=7)
    for number in (1, 0, 3, 2):
        mine.add("0", picture(number), step="b", number=number)
    assert [one.name for one in mine.classes[0].pictures] == [f"{n}.png" for n in (9, 0, 1, 2, 3)]


def test_edits_and_pictures_that_come_at_once_are_all_kept():
    mine = TaughtCollection()
    sight = mine.show("textures")
    fur = sight.classes[0].id
    given = [picture(number) for number in range(60)]

    def send(part):
        for at, one in part:
            mine.add(fur, one, sight=sight.number, step="a", number=at)

    threads = [
        threading.Thread(target=send, args=(list(enumerate(given))[start::3],))
        for start in range(3)
    ]
    for one in threads:
        one.start()
    for turn in range(200):
        mine.show("textures" if turn % 2 else "three")
        mine.edit(partial(renamed, which=fur, name=f"Name {turn}"), sight.number)
    for one in threads:
        one.join()
    assert counts(mine.classes) == [68, 8]
    assert [one.name for one in mine.classes[0].pictures[8:]] == [one.name for one in given]
