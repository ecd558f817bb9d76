"""The figures for Prometheus: what they say, and what they do not."""

import asyncio

import numpy as np
from prometheus_client.parser import text_string_to_metric_families
from starlette.requests import Request

from app import metrics
from app.caching import CACHES
from app.live.image_store import STORE
from app.networks.settings import as_input
from app.networks.traces import traced
from cnn_core.datasets import load_fashion


def read() -> tuple[str, dict[str, dict[tuple[str, ...], float]]]:
    """Return the text, and its figures by name and by the values of their labels."""
    request = Request({"type": "http", "method": "GET", "path": metrics.PATH, "headers": []})
    text = bytes(asyncio.run(metrics.metrics_endpoint(request)).body).decode()
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return text, found


def test_the_bytes_of_every_cache_stand_beside_their_bounds() -> None:
    traced("fashion_cnn", as_input(load_fashion("test").images[0]))
    _, found = read()
    held, bound = found["kernelscope_cache_bytes"], found["kernelscope_cache_bound_bytes"]
    assert {name for (name,) in held} == {name for (name,) in bound} == set(CACHES)
    for name, cache in CACHES.items():
        assert bound[(name,)] == cache.max_bytes
        assert held[(name,)] == cache.bytes_held <= bound[(name,)]
    assert held[("app.networks.traces.traced",)] > 0


def test_pictures_in_use_are_counted_and_never_named() -> None:
    _, before = read()
    token = STORE.put(np.full((7, 11, 3), 93, np.uint8), owner="somebody in particular")
    text, after = read()
    assert after["kernelscope_pictures"][()] == before["kernelscope_pictures"][()] + 1
    assert after["kernelscope_picture_bytes"][()] == STORE.bytes_held
    assert token not in text
    assert "somebody" not in text
