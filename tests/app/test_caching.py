"""The cache: bounded in bytes, each value made once, errors passed on and forgotten."""

import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from app.caching import ByteCache, cached, size_of


def test_the_least_recently_used_go_first() -> None:
    cache: ByteCache[str, bytes] = ByteCache(max_bytes=12)
    for key in "abc":
        cache.put(key, bytes(4))
    assert cache.get("a") == bytes(4)
    cache.put("d", bytes(4))
    assert [key in cache for key in "abcd"] == [True, False, True, True]
    assert cache.bytes_held == 12


def test_a_value_larger_than_the_bound_is_handed_out_and_not_kept() -> None:
    cache: ByteCache[str, bytes] = ByteCache(max_bytes=10)
    cache.put("small", bytes(4))
    assert cache.get_or_make("large", lambda: bytes(100)) == bytes(100)
    assert "large" not in cache
    assert "small" in cache


def test_each_value_is_made_once_while_others_wait_for_it() -> None:
    cache: ByteCache[str, int] = ByteCache(max_bytes=1000)
    calls, begun, go_on = [], threading.Event(), threading.Event()

    def make() -> int:
        calls.append(1)
        begun.set()
        go_on.wait(timeout=20)
        return 7

    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(cache.get_or_make, "key", make) for _ in range(8)]
        assert begun.wait(timeout=20)
        go_on.set()
        assert [one.result() for one in waiting] == [7] * 8
    assert len(calls) == 1


def test_an_error_reaches_the_caller_and_the_next_one_tries_again() -> None:
    cache: ByteCache[str, int] = ByteCache(max_bytes=1000)

    def fail() -> int:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        cache.get_or_make("key", fail)
    assert cache.get_or_make("key", lambda: 3) == 3


def test_a_cached_function_goes_by_its_named_arguments_and_returns_read_only_arrays() -> None:
    made = []

    @cached(max_bytes=1000)
    def doubled(digest: str, _image: np.ndarray, *, times: int = 2) -> np.ndarray:
        made.append(digest)
        return _image * times

    first = doubled("a", np.ones(3))
    assert doubled("a", np.zeros(3), times=2) is first
    assert doubled("a", np.ones(3), times=3).tolist() == [3, 3, 3]
    assert made == ["a", "a"]
    assert not first.flags.writeable


def test_a_picture_is_known_by_its_digest_and_not_held() -> None:
    class Picture:
        def __init__(self, digest: str) -> None:
            self.digest = digest

    @cached(max_bytes=1000)
    def name_of(picture: Picture, number: int) -> str:
        return f"{picture.digest}{number}"

    picture = Picture("a")
    held = weakref.ref(picture)
    assert name_of(picture, 1) == "a1"
    assert name_of.known(Picture("a"), 1) == "a1"
    assert name_of.known(Picture("b"), 1) is None
    assert name_of.key(picture, 1) == name_of.key(Picture("a"), 1) != name_of.key(picture, 2)
    del picture
    assert held() is None


def test_the_size_of_a_result_can_be_counted_otherwise() -> None:
    @cached(max_bytes=10, size=lambda text: 11 if text == "long" else 1)
    def same(text: str) -> str:
        return text

    for text in ("long", "short"):
        same(text)
    assert same.known("long") is None
    assert same.known("short") == "short"


@pytest.mark.parametrize(
    ("value", "least"),
    [(b"1234", 4), (np.zeros(10), 80), ([np.zeros(10)] * 2, 160), ({"a": (b"1" * 50,)}, 50)],
    ids=str,
)
def test_a_size_counts_everything_inside(value: object, least: int) -> None:
    assert least <= size_of(value) < least + 500
