import numpy as np
import pytest

from app.live.image_store import HERE_FOR_S, ImageStore, UnknownTokenError


def picture(value: int, side: int = 10) -> np.ndarray:
    return np.full((side, side, 3), value, np.uint8)


def test_a_token_brings_back_the_picture_and_nothing_else_does() -> None:
    store = ImageStore()
    token = store.put(picture(7))
    np.testing.assert_array_equal(store.get(token).pixels, picture(7))
    with pytest.raises(UnknownTokenError):
        store.get(token[:-1])


def test_tokens_are_long_and_never_alike_even_for_the_same_picture() -> None:
    store = ImageStore()
    tokens = {store.put(picture(1)) for _ in range(50)}
    assert len(tokens) == 50
    assert all(len(token) >= 22 for token in tokens)


def test_what_is_stored_cannot_be_changed_from_outside() -> None:
    store = ImageStore()
    mine = picture(1)
    token = store.put(mine)
    mine[:] = 9
    kept = store.get(token).pixels
    assert kept[0, 0, 0] == 1
    with pytest.raises(ValueError, match="read-only"):
        kept[0, 0, 0] = 2


def test_the_least_recently_used_go_when_bytes_run_out() -> None:
    store = ImageStore(max_bytes=900)
    first, second, third = (store.put(picture(value)) for value in range(3))
    store.get(first)
    fourth = store.put(picture(4))
    assert store.bytes_held <= 900
    with pytest.raises(UnknownTokenError):
        store.get(second)
    for token in (third, first, fourth):
        store.get(token)


def test_a_picture_larger_than_the_store_is_kept_alone() -> None:
    store = ImageStore(max_bytes=10)
    token = store.put(picture(1))
    assert store.get(token).pixels.shape == (10, 10, 3)
    store.put(picture(2))
    assert len(store) == 1


def test_pictures_go_when_they_are_old() -> None:
    now = [0.0]
    store = ImageStore(max_age_s=60, clock=lambda: now[0])
    old = store.put(picture(1))
    now[0] = 50
    young = store.put(picture(2))
    now[0] = 100
    store.get(young)
    with pytest.raises(UnknownTokenError):
        store.get(old)
    assert len(store) == 1


def test_the_same_pixels_are_kept_once_and_until_the_last_token_is_gone() -> None:
    store = ImageStore(max_bytes=700)
    tokens = [store.put(picture(1), owner=owner) for owner in "abc"]
    assert store.bytes_held == 300
    assert len({id(store.get(token).pixels) for token in tokens}) == 1
    for value in range(2, 9):
        store.put(picture(value))
    assert store.bytes_held <= 700


def test_pictures_of_owners_who_are_here_go_last() -> None:
    now = [0.0]
    store = ImageStore(max_bytes=900, clock=lambda: now[0])
    gone = store.put(picture(1), owner="gone")
    now[0] = HERE_FOR_S + 1
    here = store.put(picture(2), owner="here")
    store.get(gone)  # used last, and still the first to go
    store.put(picture(3), owner="here")
    store.put(picture(4), owner="here")
    with pytest.raises(UnknownTokenError):
        store.get(gone)
    assert store.get(here)


def test_an_owner_whose_page_is_connected_is_here_however_long_ago_it_was_opened() -> None:
    now = [0.0]
    store = ImageStore(max_bytes=600, clock=lambda: now[0])
    mine = store.put(picture(1), owner="reader")
    with store.presence("reader"):
        now[0] = 2 * HERE_FOR_S
        other = store.put(picture(2))
        store.put(picture(3))
        with pytest.raises(UnknownTokenError):
            store.get(other)
        assert store.get(mine)


def test_who_fills_the_store_loses_their_own_pictures_only() -> None:
    store = ImageStore(max_bytes=3000, max_bytes_per_owner=1500)
    readers = {owner: store.put(picture(at), owner=owner) for at, owner in enumerate("abcd")}
    kept = [store.put(picture(10 + at), owner="greedy") for at in range(100)]
    for token in readers.values():
        assert store.get(token)
    assert store.bytes_held <= 3000
    assert store.get(kept[-1])
    with pytest.raises(UnknownTokenError):
        store.get(kept[0])


def test_the_owner_who_holds_most_makes_room_for_a_newcomer() -> None:
    store = ImageStore(max_bytes=900)
    large = [store.put(picture(at), owner="a") for at in range(2)]
    small = store.put(picture(5), owner="b")
    store.put(picture(6), owner="c")
    with pytest.raises(UnknownTokenError):
        store.get(large[0])
    assert store.get(small)
