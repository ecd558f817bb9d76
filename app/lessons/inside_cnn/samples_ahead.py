"""The sample pictures as the explorer may ask about them before the page has run for one."""

from functools import cache
from typing import Any

from app.caching import MIB, cached
from app.lessons.inside_cnn.cached import cached_network_view
from app.live.image_store import sample_url
from cnn_core.images import digest
from cnn_core.samples import SAMPLES, load_sample


@cache
def sample_digest(key: str) -> str:
    """Return the fingerprint of a sample's pixels.

    Raises:
        CnnCoreError: if there is no such sample.
    """
    return digest(load_sample(key))


@cached(max_bytes=MIB)
def samples_ahead(network: str) -> dict[str, dict[str, Any]]:
    """Describe the samples by key, each as a page's frame describes the picture in use."""
    return {key: _described(network, key) for key in SAMPLES}


def _described(network: str, key: str) -> dict[str, Any]:
    shape = load_sample(key).shape
    return {
        "picture": sample_digest(key),
        "alt": SAMPLES[key].name,
        "aspect": shape[1] / shape[0],
        "small": max(shape[:2]) <= 64,
        "view": cached_network_view(network, shape),
        "address": sample_url(key),
    }
