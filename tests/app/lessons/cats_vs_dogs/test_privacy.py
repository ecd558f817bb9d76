"""Pictures stay in the session: bounded, given back, out of reach, on no disk, in no log."""

import builtins
import gc
import io
import logging
import os

import numpy as np
import pytest

from app.lessons.cats_vs_dogs import collection as module
from app.lessons.cats_vs_dogs.collection import COLLECTIONS, TaughtCollection
from app.lessons.cats_vs_dogs.held import VIEWS, bytes_of_all, taught_picture
from app.lessons.cats_vs_dogs.small_pictures import small_address
from app.lessons.cats_vs_dogs.teach.frames import bins_data
from app.lessons.cats_vs_dogs.teach.take_away import pictures_zip
from app.live import published
from cnn_core.errors import CnnCoreError
from tests.app.lessons.cats_vs_dogs.client import Client, file

VISITORS, EACH = 30, 50
SIZE = 224 * 224 * 3


def picture(number: int):
    """Draw a picture of the size that is kept, each another."""
    pixels = np.random.default_rng(number).integers(0, 256, (224, 224, 3), dtype=np.uint8)
    return taught_picture(pixels, f"{number}.png")


def test_thirty_visitors_bring_fifty_pictures_each_and_take_them_along():
    module._of_examples()  # are there from now on
    gc.collect()
    before = bytes_of_all()
    visitors = [TaughtCollection() for _ in range(VISITORS)]
    for at, one in enumerate(visitors):
        for number in range(EACH):
            assert one.add(str(number % 2), picture(at * EACH + number))
        one.edit(lambda now: (*now[:1], module.TaughtClass(name="empty")))  # undo brings them back
    assert bytes_of_all() - before == VISITORS * EACH * SIZE
    assert bytes_of_all() <= module.MAX_BYTES
    assert all(one.bytes_held == EACH * SIZE for one in visitors)
    # One more visitor brings many: what goes over is refused, and what is there stays.
    greedy = TaughtCollection()
    for number in range((module.MAX_BYTES - bytes_of_all()) // SIZE):
        assert greedy.add("0", picture(10_000 + number))
    with pytest.raises(CnnCoreError, match="memory of this server for taught pictures is full"):
        greedy.add("0", picture(9_999))
    assert len(greedy.classes[0].pictures) == number + 1 > 100
    gc.collect()
    assert bytes_of_all() <= module.MAX_BYTES
    owners = [one.owner for one in (*visitors, greedy)]
    del visitors, greedy, one
    gc.collect()
    assert bytes_of_all() == before
    assert not any(owner in COLLECTIONS for owner in owners)


def test_equal_pictures_are_held_once():
    first, second = picture(1), picture(1)
    assert first is not second
    assert first.view is second.view


def test_a_small_picture_is_there_as_long_as_somebody_holds_it():
    client, mine = Client(), TaughtCollection()
    mine.add("0", picture(1))
    (address,) = (
        one["address"]
        for one in bins_data(mine.show("own"), owner=mine.owner, can_undo=False)["classes"][0][
            "pictures"
        ]
    )
    answer = client.get(f"/{address}")
    assert answer.status_code == 200
    assert answer.body.startswith(b"\xff\xd8")
    del mine
    gc.collect()
    assert client.get(f"/{address}").status_code == 404
    assert published.published(address) is None  # nor is it kept anywhere else


@pytest.mark.parametrize("name", ["", "0" * 32, "..", "%2e%2e%2fetc", "1.png", "*", "x" * 5000])
def test_no_small_picture_without_its_address(name):
    mine = TaughtCollection()
    mine.add("0", picture(1))
    right = small_address(mine.classes[0].pictures[0])
    for path in (f"/taught_small/{name}", f"/{right[:-1]}", f"/{right.upper()}", f"/{right}/0"):
        answer = Client().get(path)
        assert answer.status_code == 404
        assert b"\xff\xd8" not in answer.body


def test_nothing_is_logged_or_written_to_disk(caplog, capfd, monkeypatch):
    """With every logger at its most talkative; names and owners are looked for."""
    opened: list[str] = []
    real = builtins.open

    def noted(path, mode="r", *rest, **more):
        if any(letter in mode for letter in "wax+"):
            opened.append(str(path))
        return real(path, mode, *rest, **more)

    monkeypatch.setattr(builtins, "open", noted)
    monkeypatch.setattr(io, "open", noted)
    made: list[str] = []
    real_open = os.open

    def noted_low(path, flags, *rest, **more):
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            made.append(str(path))
        return real_open(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", noted_low)
    caplog.set_level(logging.DEBUG)
    client, mine = Client(), TaughtCollection()
    noise = np.random.default_rng(5).integers(0, 256, (40, 60, 3), dtype=np.uint8)
    for name, data in (("secret-cat.png", file(noise)), ("secret.txt", b"no picture")):
        assert client.put(f"/taught/{mine.owner}/0?name={name}", content=data).status_code == 200
    assert client.get(f"/{small_address(mine.classes[0].pictures[0])}").status_code == 200
    pictures_zip(mine.classes)
    told = caplog.text + "".join(capfd.readouterr())
    assert "secret" not in told
    assert mine.owner not in told
    assert (opened, made) == ([], [])


def test_the_views_that_are_counted_are_those_that_are_held():
    gc.collect()
    before = len(VIEWS)
    mine = TaughtCollection()
    mine.add("0", picture(1))
    assert len(VIEWS) == before + 1
    mine.edit(lambda _: module.EMPTY)
    gc.collect()
    assert len(VIEWS) == before + 1  # undo brings it back
    del mine
    gc.collect()
    assert len(VIEWS) == before
