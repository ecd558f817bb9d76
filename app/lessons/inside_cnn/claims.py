"""What to notice inside a CNN, whatever layer is open: training, result, the shape of the network.

What is said of the numbers of one layer is in `layer_claims`.
"""

import numpy as np

from app.drawing.numbers import percent_text
from app.guide.claims import Claim, always
from app.lessons.inside_cnn.layer_claims import LAYER_CLAIMS
from app.lessons.inside_cnn.situation import InsideCnnSituation as On
from app.lessons.inside_cnn.taught_claims import TAUGHT_CLAIMS
from app.networks.layer_names import quoted
from cnn_core.datasets import load_fashion

_IMAGENET = "about 1.3 million photographs of 1,000 classes (ImageNet)"


def share_text(share: float) -> str:
    """Write a share in percent as exactly as it is known.

    >>> share_text(0.9435), share_text(0.811)
    ('94.35 %', '81.1 %')
    """
    return f"{100 * share:.4g} %"


def _trained(on: On) -> str:
    if on.accuracy is None:
        return f"**{on.definition.title}** was trained on {_IMAGENET}."
    return (
        f"**{on.definition.title}** was trained on {on.accuracy.training_pictures:,} pictures of "
        f"clothes, shoes and bags in ten classes. Of {on.accuracy.test_pictures:,} other pictures "
        "it classifies "
        f"**{share_text(on.accuracy.overall)}** correctly."
    )


def _is_trained(on: On) -> bool:
    classes = len(on.definition.classes())
    if on.accuracy is None:
        return classes == 1000
    table = on.accuracy.confusion
    right = sum(int(table[at, at]) for at in range(classes))
    labels = load_fashion("test").labels
    counted = np.array_equal(table.sum(axis=1), np.bincount(labels))
    return classes == 10 and counted and share_text(right / len(labels)) in _trained(on)


def _hardest(on: On) -> str:
    assert on.accuracy is not None
    classes = on.definition.classes()
    at = int(on.accuracy.per_class.argmin())
    others = on.accuracy.confusion[at].copy()
    others[at] = 0
    return (
        f"Its most difficult class is **{classes[at]}**: {share_text(on.accuracy.per_class[at])} "
        f"are classified correctly. The most frequent error there is {classes[others.argmax()]}."
    )


def _is_hardest(on: On) -> bool:
    assert on.accuracy is not None
    table, classes = on.accuracy.confusion.tolist(), on.definition.classes()
    shares = [row[at] / sum(row) for at, row in enumerate(table)]
    at = shares.index(min(shares))
    wrong = max((other for other in range(len(classes)) if other != at), key=table[at].__getitem__)
    sentence = _hardest(on)
    return f"**{classes[at]}**: {share_text(min(shares))}" in sentence and sentence.endswith(
        f"{classes[wrong]}."
    )


def _result(on: On) -> str:
    name, share = on.best
    return f"For this picture the largest class probability is **{percent_text(share)}**: {name}."


def _probabilities(on: On) -> np.ndarray:
    powers = np.exp(on.trace.logits.astype(np.float64))
    shares: np.ndarray = powers / powers.sum()
    return shares


def _is_result(on: On) -> bool:
    shares, (name, share) = _probabilities(on), on.best
    return on.written(int(shares.argmax())) == name and abs(float(shares.max()) - share) < 1e-4


def _right(on: On) -> str:
    right = on.best[0] == on.label
    return f"The label of this test picture is {on.label}: the network is " + (
        "**right**." if right else "**wrong**."
    )


def _is_right(on: On) -> bool:
    test = load_fashion("test")
    same = np.array_equal(on.trace.view, test.images[on.settings.garment])
    right = int(on.trace.logits.argmax()) == int(test.labels[on.settings.garment])
    return same and right == ("**right**" in _right(on))


def _photograph(on: On) -> str:
    return (
        "The network was trained on clothes, shoes and bags only. It gets this picture as 28 × 28 "
        "gray pixels and must choose one of **ten classes**, whatever the picture shows."
    )


def _is_photograph(on: On) -> bool:
    shares = _probabilities(on)
    return on.trace.view.shape == (28, 28) and len(shares) == 10 and abs(shares.sum() - 1) < 1e-6


def _empty(on: On) -> str:
    return (
        "The pad is empty: all 784 inputs are 0. There is no class for “nothing”, and the "
        f"probabilities always add up to 1. So one class must be first, here {on.best[0]}."
    )


def _is_empty(on: On) -> bool:
    return (
        on.trace.input.shape == (1, 28, 28)
        and not on.trace.input.any()
        and abs(float(on.trace.scores.sum()) - 1) < 1e-5
        and len(on.trace.scores) == 10
    )


def _all_pixels(on: On) -> str:
    units, (height, width) = on.weighing.shape[0], on.definition.preparation.size
    return (
        f"There is no convolution here. **Each of the {units} units of the first layer is "
        f"connected to all {height * width} pixels**, with one weight for each: {units} × "
        f"{height * width} weights and {units} biases, {on.weighing.parameters:,} parameters."
    )


def _is_all_pixels(on: On) -> bool:
    weights = on.trace.network.weights(on.weighing.name)
    assert weights is not None
    pixels = on.trace.view.size
    kinds = {layer.kind for layer in on.trace.network.layers}
    return (
        "conv" not in kinds
        and weights.shape == (on.weighing.shape[0], pixels)
        and bool((weights != 0).all())
        and on.weighing.parameters == weights.size + len(weights)
    )


def _flattened(on: On) -> str:
    return (
        "`flatten` writes the rows of the picture one after the other. The layers after it cannot "
        "tell which pixels were neighbors. A convolution can."
    )


def _is_flattened(on: On) -> bool:
    return bool(np.array_equal(on.trace["flatten"].ravel(), on.trace.input.ravel()))


def _weights_shared(on: On) -> str:
    channels, (height, width) = on.by_name[on.weighing.inputs[0]].shape[0], on.weighing.kernel
    count = channels * height * width
    return (
        f"The first layer is a convolution with {on.weighing.shape[0]} kernels. Each has "
        f"{height} × {width} × {channels} = **{count}** weights, and they are the same at every "
        "position of the picture."
    )


def _are_weights_shared(on: On) -> bool:
    weights = on.trace.network.weights(on.weighing.name)
    assert weights is not None
    return f"**{weights[0].size}**" in _weights_shared(on) and len(weights) == on.weighing.shape[0]


def _smaller(on: On) -> str:
    first, last = on.first, on.last_maps
    return (
        f"From {quoted(first)} to {quoted(last)} the maps get smaller, {_size(first)} → "
        f"{_size(last)}, and there are more of them: {first.shape[0]} → {last.shape[0]:,}."
    )


def _size(layer: object) -> str:
    _, height, width = layer.shape  # type: ignore[attr-defined]
    return f"{height} × {width}"


def _is_smaller(on: On) -> bool:
    first, last = on.trace[on.first.name], on.trace[on.last_maps.name]
    return first[0].size > last[0].size and len(first) < len(last)


def _whole_picture(on: On) -> bool:
    """Whether no place is open."""
    return on.open_layer is None


CLAIMS: tuple[Claim[On], ...] = (
    Claim(key="result", applies=always, sentence=_result, check=_is_result),
    Claim(key="right", applies=lambda on: bool(on.label), sentence=_right, check=_is_right),
    Claim(
        key="photograph",
        applies=lambda on: on.is_garments and not on.settings.uses_pad,
        sentence=_photograph,
        check=_is_photograph,
    ),
    Claim(key="empty", applies=lambda on: on.is_empty, sentence=_empty, check=_is_empty),
    Claim(
        key="trained",
        applies=lambda on: on.taught is None and _whole_picture(on),
        sentence=_trained,
        check=_is_trained,
    ),
    *TAUGHT_CLAIMS,
    Claim(
        key="hardest",
        applies=lambda on: on.accuracy is not None and _whole_picture(on),
        sentence=_hardest,
        check=_is_hardest,
    ),
    Claim(
        key="all_pixels",
        applies=lambda on: not on.has_maps,
        sentence=_all_pixels,
        check=_is_all_pixels,
    ),
    Claim(
        key="flattened",
        applies=lambda on: not on.has_maps,
        sentence=_flattened,
        check=_is_flattened,
    ),
    Claim(
        key="weights_shared",
        applies=lambda on: on.has_maps and _whole_picture(on),
        sentence=_weights_shared,
        check=_are_weights_shared,
    ),
    Claim(
        key="smaller",
        applies=lambda on: on.has_maps and _whole_picture(on),
        sentence=_smaller,
        check=_is_smaller,
    ),
    *LAYER_CLAIMS,
)
