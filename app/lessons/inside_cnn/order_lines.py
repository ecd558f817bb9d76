"""How a program prints the first maps of a layer in the order that was chosen."""

from collections.abc import Sequence

from app.lessons.inside_cnn.map_order import figures_of, order_by
from app.lessons.inside_cnn.settings import BY_INDEX
from app.lessons.inside_cnn.situation import InsideCnnSituation
from app.networks.selectivities import GARMENTS

_FIRST = 5


def order_numbers(on: InsideCnnSituation) -> tuple[float, ...]:
    """Return the first maps as the page shows them: the number of each, and its figure."""
    figures = figures_of(on.trace, on.focus.name, on.shown_order)
    order = order_by(on.trace, on.focus.name, figures)[:_FIRST]
    return tuple(float(one) for at in order for one in (at, figures.numbers[at]))


def order_imports(on: InsideCnnSituation) -> Sequence[str]:
    """List what `order_lines` needs beside the network."""
    names = {
        "strength": ["strengths", "strongest_first"],
        "effect": ["effects", "strongest_first"],
        "selectivity": ["mean_responses", "selectivity", "strongest_first"],
    }
    if on.shown_order == BY_INDEX:
        return []
    lines = [f"from cnn_core.networks.map_order import {', '.join(names[on.shown_order])}"]
    if on.shown_order == "effect":
        lines.append("import numpy as np")
    if on.shown_order == "selectivity":
        lines.append("import numpy as np")
        lines.append(
            "from cnn_core.datasets import load_fashion"
            if on.is_garments
            else "from cnn_core.samples import SAMPLES, load_sample"
        )
    return lines


def order_lines(on: InsideCnnSituation) -> list[str]:
    """Write it with cnn_core; `outputs` are those of the network for the picture."""
    name = on.focus.name
    sizes, lines = "numbers", [f'numbers = strengths(outputs, "{name}")']
    if on.shown_order == "effect":
        lines = [f'numbers = effects(outputs, "{name}", int(np.argmax(outputs.logits)))']
        sizes = "np.abs(numbers)"
    if on.shown_order == "selectivity":
        lines = [
            f'pictures = load_fashion("test").images[:{GARMENTS}]'
            if on.is_garments
            else "pictures = [load_sample(key) for key, one in SAMPLES.items() if one.path]",
            f'numbers = selectivity(mean_responses(network, pictures)["{name}"])',
            f'is_active = outputs["{name}"].any(axis=(1, 2))  # the others come last',
        ]
        sizes = "np.where(is_active, numbers, -1)"
    return [
        *lines,
        f"for at in strongest_first({sizes})[:{_FIRST}]:",
        "    print(at, numbers[at])",
    ]


def order_lines_in_torch(on: InsideCnnSituation) -> list[str]:
    """Write it with PyTorch; empty for selectivity, which takes many pictures.

    `outputs` are the network's, `best` its most probable classes.
    """
    name, logits = on.focus.name, on.definition.layers[-1].inputs[0]
    rows = f"reshape({on.focus.shape[0]}, -1)"
    if on.shown_order == "strength":
        lines, sizes = [f'numbers = outputs["{name}"].abs().{rows}.mean(1)'], "numbers"
    elif on.shown_order == "effect":
        lines = [
            f'score, maps = outputs["{logits}"][0, best[0]], outputs["{name}"]',
            "(gradient,) = torch.autograd.grad(score, maps)",
            f"numbers = (gradient * maps).{rows}.sum(1)",
        ]
        sizes = "numbers.abs()"
    else:
        return []
    return [
        *lines,
        f"for at in {sizes}.argsort(descending=True, stable=True)[:{_FIRST}].tolist():",
        "    print(at, numbers[at].item())",
    ]
