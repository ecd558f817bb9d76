"""Terms between layers of a network: those of `explain_unit`, and of torch.autograd."""

import numpy as np
import pytest
import torch

from cnn_core.datasets import load_fashion
from cnn_core.errors import CnnCoreError
from cnn_core.networks import Trace, explain_unit, load, logit_contributions, trace
from cnn_core.networks.connections import fed_by, parts_of, place_above, strongest_unit
from cnn_core.samples import load_sample


@pytest.fixture(scope="module")
def boot() -> Trace:
    return trace(load("fashion_cnn"), load_fashion("test").images[0])


@pytest.fixture(scope="module")
def photograph() -> Trace:
    return trace(load("efficientnet_lite0"), load_sample("mandrill"))


@pytest.mark.parametrize(
    ("layer", "source", "place"),
    [
        ("relu1b", "relu1a", (3, 10, 5)),
        ("relu1a", "input", (2, 0, 27)),
        ("pool2", "relu2b", (8, 3, 3)),
    ],
)
def test_parts_of_a_unit_are_the_channel_sums_of_its_window(
    boot: Trace, layer: str, source: str, place: tuple[int, int, int]
) -> None:
    parts, told = parts_of(boot, layer, *place, source=source), explain_unit(boot, layer, *place)
    assert parts.direct
    assert told.window is not None
    np.testing.assert_array_equal(parts.terms[told.window.channels], told.window.channel_sums)
    others = np.delete(parts.terms, told.window.channels)
    assert not others.any()
    assert parts.terms.sum() + parts.constant == pytest.approx(parts.total)
    assert parts.total == pytest.approx(told.weighted_sum)


def test_parts_of_a_class_are_its_logit_contributions(boot: Trace) -> None:
    parts = parts_of(boot, "dense", 9, 0, 0, source="pool3")
    np.testing.assert_allclose(
        parts.terms, logit_contributions(boot, "dense", 9).sum(axis=(1, 2)), rtol=1e-12
    )
    assert parts.terms.sum() + parts.constant == pytest.approx(float(boot.logits[9]), abs=1e-4)


def test_dropout_between_dense_layers_is_no_layer() -> None:
    seen = trace(load("fashion_mlp"), load_fashion("test").images[0])
    parts = parts_of(seen, "relu2", 7, 0, 0, source="relu1")
    told = explain_unit(seen, "relu2", 7)
    assert parts.direct
    np.testing.assert_array_equal(parts.terms, told.channel_sums)
    pixels = parts_of(seen, "relu1", 7, 0, 0, source="input")
    assert pixels.terms.shape == (1,)


@pytest.mark.parametrize(
    ("layer", "source"),
    [("block3_add", "block2_project_norm"), ("block16_project_norm", "block15_add")],
)
def test_parts_through_folded_layers_are_gradient_times_value(
    photograph: Trace, layer: str, source: str
) -> None:
    channel, place = 5, strongest_unit(photograph, layer, 5)
    parts = parts_of(photograph, layer, channel, *place, source=source)
    # The whole network from its input on, with autograd alone.
    module, found = photograph.network.module, {}
    for step in module.layers:
        below = [found[name] for name in step.inputs] or [
            torch.from_numpy(photograph.input.copy())[None]
        ]
        found[step.name] = module.step(step, below)
        if step.name == source:
            found[source] = found[source].detach().requires_grad_()
    (gradient,) = torch.autograd.grad(found[layer][0, channel, place[0], place[1]], found[source])
    wanted = (gradient * found[source])[0].sum(dim=(1, 2)).detach().numpy()
    assert not parts.direct
    np.testing.assert_allclose(parts.terms, wanted, atol=1e-3 * np.abs(wanted).max())
    assert parts.terms.sum() + parts.constant == pytest.approx(parts.total)


def test_near_the_picture_a_unit_is_its_terms_and_a_constant(photograph: Trace) -> None:
    # All values below twice as far from 0 by a millionth: the unit moves by the sum of its terms.
    layer, source, channel = "block16_project_norm", "block15_add", 5
    place = strongest_unit(photograph, layer, channel)
    parts = parts_of(photograph, layer, channel, *place, source=source)
    from cnn_core.networks.attribution.class_activation import resume

    values = torch.from_numpy(photograph[source].copy())[None]
    near, far = (
        resume(photograph, source, values * (1 + step), layer)[0, channel, place[0], place[1]]
        for step in (-1e-3, 1e-3)
    )
    assert float(far - near) / 2e-3 == pytest.approx(parts.terms.sum(), rel=0.05, abs=0.5)


@pytest.mark.parametrize(
    ("layer", "target", "place"),
    [
        ("relu1b", "pool1", (3, 10, 5)),
        ("relu1a", "relu1b", (3, 10, 5)),
        ("pool1", "relu2a", (15, 0, 13)),
        ("pool3", "dense", (7, 1, 1)),
        ("relu1b", "relu3a", (3, 10, 5)),
    ],
)
def test_what_a_map_feeds_are_the_parts_of_the_units_above(
    boot: Trace, layer: str, target: str, place: tuple[int, int, int]
) -> None:
    feeds = fed_by(boot, layer, *place, target=target)
    assert feeds.direct is (target != "relu3a")
    above = [
        parts_of(boot, target, k, feeds.row, feeds.column, source=layer).terms[place[0]]
        for k in range(boot.network.layer(target).shape[0])
    ]
    np.testing.assert_allclose(feeds.terms, above, rtol=1e-4, atol=1e-5)


def test_a_depthwise_convolution_is_fed_by_its_own_map_alone(photograph: Trace) -> None:
    feeds = fed_by(photograph, "block2_expand_relu6", 40, 60, 61, target="block2_depthwise_relu6")
    assert (feeds.row, feeds.column) == (30, 30)
    told = explain_unit(photograph, "block2_depthwise_relu6", 40, 30, 30)
    assert told.channel_sums is not None
    assert np.flatnonzero(feeds.terms).tolist() == [40]
    assert feeds.terms[40] == pytest.approx(told.channel_sums[0])


def test_a_feature_is_fed_by_the_mean_of_its_map_and_feeds_classes(photograph: Trace) -> None:
    strongest = int(photograph["global_pool"].argmax())
    mean = fed_by(photograph, "head_relu6", strongest, 3, 3, target="global_pool")
    assert mean.terms[strongest] == pytest.approx(
        float(photograph["head_relu6"][strongest].mean()), rel=1e-5
    )
    scores = fed_by(photograph, "global_pool", strongest, target="dense")
    np.testing.assert_allclose(
        scores.terms,
        photograph.network.weights("dense")[:, strongest]
        * photograph["global_pool"][strongest, 0, 0],
        rtol=1e-5,
    )


def test_places_of_larger_and_smaller_maps_meet(boot: Trace) -> None:
    assert place_above(boot.network, "relu1a", 27, 0, target="pool3") == (2, 0)
    assert place_above(boot.network, "relu1a", 27, 0, target="dense") == (0, 0)


def test_what_does_not_depend_on_a_layer_is_refused(boot: Trace) -> None:
    with pytest.raises(CnnCoreError, match="does not depend on"):
        parts_of(boot, "relu1a", 0, 0, 0, source="relu2a")
    with pytest.raises(CnnCoreError, match="has no map 99"):
        strongest_unit(boot, "relu1a", 99)
