"""A taught last layer: known by its secret name only, as long as its session holds it."""

import gc

import numpy as np
import pytest

from app.networks.settings import as_input
from app.networks.taught_head import (
    TaughtHead,
    definition_with,
    head_of,
    network_with,
    taught_head,
    traced_with,
)
from app.networks.traces import traced
from cnn_core.errors import CnnCoreError
from cnn_core.networks import load
from cnn_core.networks.head_files import HeadCard
from cnn_core.networks.heads import fit_head
from cnn_core.samples import load_sample

NAME = "efficientnet_lite0"
SHOWN = as_input(load_sample("cat"))


def made(classes: tuple[str, ...] = ("Fur", "Brick"), *, seed: int = 0) -> TaughtHead:
    features = np.random.default_rng(seed).random((4, 1280))
    head = fit_head(features, [0, 0, 1, 1], weight_decay=0.01)
    return taught_head(head, HeadCard(network=NAME, classes=classes, pictures=(2, 2)))


def test_a_head_is_known_by_its_secret_name_and_goes_with_who_holds_it() -> None:
    one = made()
    assert head_of(one.owner) is one
    owner = one.owner
    assert len(owner) >= 22
    for wrong in ("", owner[:-1], one.digest):
        with pytest.raises(CnnCoreError, match="teach it again"):
            head_of(wrong)
    del one
    gc.collect()
    with pytest.raises(CnnCoreError, match="teach it again"):
        head_of(owner)


def test_the_same_head_taught_twice_has_one_digest_and_two_names() -> None:
    one, other = made(), made()
    assert one.digest == other.digest
    assert one.owner != other.owner
    assert len({one.digest, made(("Fur", "Stone")).digest, made(seed=1).digest}) == 3


def test_the_network_is_made_once_for_a_digest() -> None:
    assert network_with(NAME, made()) is network_with(NAME, made())
    assert network_with(NAME, made(("Fur", "Stone"))).classes == ("Fur", "Stone")
    assert network_with(NAME, None) is load(NAME)


def test_a_trace_reuses_the_one_that_is_there() -> None:
    one = made()
    base, taught = traced(NAME, SHOWN), traced_with(NAME, SHOWN, one)
    assert all(taught[name] is base[name] for name in list(base)[:-2])
    features = base["flatten"].ravel()
    assert np.allclose(taught.logits, one.head.logits(features), atol=1e-5)
    assert traced_with(NAME, SHOWN, None) is base


def test_a_quick_trace_takes_a_taught_layer_too() -> None:
    one, shown = made(), as_input(load_sample("coffee"))
    quick = traced_with(NAME, shown, one, quick=True)
    assert "stem_conv" not in quick.outputs
    assert np.allclose(quick.scores, traced_with(NAME, shown, one).scores, atol=1e-5)


def test_a_head_of_another_network_is_refused() -> None:
    for use in (definition_with, network_with):
        with pytest.raises(CnnCoreError, match="another network"):
            use("fashion_cnn", made())
