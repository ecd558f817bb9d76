import numpy as np
import pytest

from app.live.image_store import ImageStore, UnknownTokenError


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
