"""Traces are computed once and bounded in bytes; a page holds a prediction and no trace."""

import numpy as np
import pytest

from app.caching import CACHES
from app.networks.prediction import predicted
from app.networks.settings import NetworkInput, as_input
from app.networks.traces import MAX_BYTES, quickly_traced, size_of_trace, traced
from cnn_core.datasets import load_fashion
from cnn_core.errors import CnnCoreError


def garment(at: int) -> NetworkInput:
    return as_input(load_fashion("test").images[at])


def test_a_picture_goes_through_a_network_once() -> None:
    first = traced("fashion_cnn", garment(0))
    assert traced("fashion_cnn", garment(0)) is first
    assert traced("fashion_cnn", garment(1)) is not first
    assert traced("fashion_mlp", garment(0)) is not first


def test_a_trace_that_failed_is_not_kept() -> None:
    with pytest.raises(CnnCoreError, match="no network"):
        traced("nothing", garment(0))
    assert traced.known("nothing", garment(0)) is None


def test_traces_count_the_bytes_of_their_maps() -> None:
    trace = traced("fashion_cnn", garment(0))
    cache = CACHES["app.networks.traces.traced"]
    assert cache.max_bytes == MAX_BYTES
    kept = [traced.known("fashion_cnn", garment(0))]
    assert kept == [trace]
    assert size_of_trace(trace) == sum(maps.nbytes for maps in trace.outputs.values())
    assert cache.bytes_held >= size_of_trace(trace)


def test_a_prediction_holds_what_the_trace_says_and_none_of_its_maps() -> None:
    trace, prediction = traced("fashion_cnn", garment(0)), predicted("fashion_cnn", garment(0))
    assert prediction.scores.tolist() == trace.scores.tolist()
    assert prediction.view.tolist() == trace.view.tolist()
    assert prediction.scores.base is None  # a view would keep all that it is a part of


def test_a_quick_trace_is_computed_once_and_gives_way_to_the_whole_one() -> None:
    quick = quickly_traced("fashion_cnn", garment(5))
    assert quickly_traced("fashion_cnn", garment(5)) is quick
    assert "conv1a" not in quick.outputs
    whole = traced("fashion_cnn", garment(5))
    assert quickly_traced("fashion_cnn", garment(5)) is whole
    assert np.allclose(quick.scores, whole.scores, atol=1e-6)
