"""What to notice of a network whose last layer was taught: what is new, how a class adds up."""

import numpy as np

from app.drawing.numbers import number_text
from app.guide.claims import Claim
from app.lessons.inside_cnn.situation import InsideCnnSituation as On
from app.networks.layer_names import quoted
from cnn_core.networks.taught import last_dense


def _taught(on: On) -> str:
    assert on.taught is not None
    counts = on.taught.card.pictures
    listed = ", ".join(f"{on.written(at)} ({count})" for at, count in enumerate(counts))
    dense = last_dense(on.definition.layers)
    return (
        f"Only {quoted(dense)} was taught, with **{sum(counts)} pictures**: {listed}. It has "
        f"{dense.parameters:,} parameters. All layers below were trained on about 1.3 million "
        "photographs of 1,000 classes (ImageNet), and are as they were."
    )


def _is_taught(on: On) -> bool:
    from cnn_core.networks import load

    assert on.taught is not None
    base, network = load(on.settings.network), on.trace.network
    dense = last_dense(network.layers)
    weights = network.weights(dense.name)
    same = all(network.module.parts[name] is part for name, part in base.module.parts.items())
    shared = all(
        network.module.parts[name] is part
        for name, part in base.module.parts.items()
        if name != dense.name
    )
    return (
        shared
        and not same
        and weights is not None
        and np.allclose(weights, on.taught.head.weights, rtol=1e-6, atol=1e-9)
        and dense.parameters == weights.size + len(weights)
        and len(base.classes) == 1000
    )


def _opens_a_class(on: On) -> bool:
    """Whether the place that is open is one class of the taught layer."""
    return (
        on.taught is not None
        and on.settings.channel is not None
        and on.open_layer == last_dense(on.definition.layers)
    )


def _terms(on: On) -> np.ndarray:
    assert on.taught is not None
    assert on.settings.channel is not None
    dense = last_dense(on.definition.layers)
    features = on.trace[dense.inputs[0]][:, 0, 0]
    return on.taught.head.contributions(features, on.settings.channel)


def _contributions(on: On) -> str:
    assert on.taught is not None
    channel = on.settings.channel or 0
    terms = _terms(on)
    at, total, bias = int(np.abs(terms).argmax()), terms.sum(), on.taught.head.bias[channel]
    return (
        f"The score of {on.written(channel)} before softmax is **{number_text(total + bias)}**: "
        f"the contributions of {len(terms):,} features sum to {number_text(total)}, and the bias "
        f"adds {number_text(bias)}. Feature {at} changes it most, by "
        f"{number_text(terms[at], digits=3)}."
    )


def _are_contributions(on: On) -> bool:
    from cnn_core.networks import explain_unit

    assert on.settings.channel is not None
    found = explain_unit(on.trace, on.focus.name, on.settings.channel)
    assert found.window is not None
    products, terms = found.window.products.ravel(), _terms(on)
    near = 1e-5 * (1 + float(np.abs(terms).sum()))
    return (
        bool(np.allclose(products, terms, atol=near))
        and abs(found.value - float(on.trace.logits[on.settings.channel])) < near
        and abs(abs(products).max() - np.abs(terms).max()) < near
    )


TAUGHT_CLAIMS: tuple[Claim[On], ...] = (
    Claim(
        key="taught_layer",
        applies=lambda on: on.taught is not None and on.open_layer is None,
        sentence=_taught,
        check=_is_taught,
    ),
    Claim(
        key="taught_contributions",
        applies=_opens_a_class,
        sentence=_contributions,
        check=_are_contributions,
    ),
)
