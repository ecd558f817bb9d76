"""The sum of one neuron, written out with the numbers that are in the drawing."""

from app.lessons.dropout.fixed_text import factor, two_places
from app.lessons.dropout.masks.situation import MasksSituation
from cnn_core.dropout_network import SIZES, drawn_network


def neuron_name(layer: int, place: int) -> str:
    """Name a neuron.

    >>> neuron_name(1, 0), neuron_name(3, 2)
    ('Hidden layer 1, neuron 1', 'Output 3')
    """
    if layer == len(SIZES) - 1:
        return f"Output {place + 1}"
    return f"Hidden layer {layer}, neuron {place + 1}"


def sum_lines(on: MasksSituation) -> list[str]:
    """Write the sum of the chosen neuron, and what dropout makes of it."""
    layer, place = on.settings.neuron
    output, weights = on.outputs[layer - 1], drawn_network()[layer - 1]
    below = on.inputs if layer == 1 else on.outputs[layer - 2].dropped.values
    terms = [
        f"{two_places(float(value))} × {factor(float(weight))}"
        for value, weight in zip(below, weights.weights[place], strict=True)
    ]
    bias, total = float(weights.biases[place]), float(output.sums[place])
    lines = [
        f"{neuron_name(layer, place)}: {' + '.join(terms)} + bias {two_places(bias)} "
        f"= {two_places(total)}"
    ]
    if layer == len(SIZES) - 1:
        return lines
    relu, value = float(output.activated[place]), float(output.dropped.values[place])
    lines.append(f"ReLU: {two_places(relu)}. {_dropout_words(on, place, layer, relu, value)}")
    return lines


def _dropout_words(on: MasksSituation, place: int, layer: int, relu: float, value: float) -> str:
    keep, after = on.settings.keep, two_places(value)
    is_inverted = on.settings.convention == "inverted"
    if not on.settings.training:
        if is_inverted:
            return f"Evaluation changes nothing: {after}."
        return f"Evaluation: {two_places(relu)} × {keep:g} = {after}."
    if not on.outputs[layer - 1].dropped.mask[place]:
        return "It is dropped: 0."
    if is_inverted:
        return f"It is present: {two_places(relu)} / {keep:g} = {after}."
    return f"It is present: {after}, not scaled."
