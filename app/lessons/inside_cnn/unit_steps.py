"""The steps from the products up to a unit's value, each a formula with its numbers in it."""

import math
from typing import TYPE_CHECKING

import numpy as np

from app.drawing.numbers import MINUS, number_text, plain_text

if TYPE_CHECKING:
    from cnn_core.networks import Trace, UnitExplanation
    from cnn_core.networks.unit_explanation import BatchNormTerms

_LISTED = 9


def steps_of(trace: "Trace", explanation: "UnitExplanation") -> list[dict[str, str]]:
    """Every step from the products up to the unit's value, with its numbers in it."""
    steps: list[dict[str, str]] = []
    if explanation.pixel is not None:
        terms = explanation.pixel
        steps.append(
            {
                "name": "scaled pixel",
                "formula": f"({terms.pixel} − {terms.offset:g}) / {terms.scale:g}",
                "value": number_text(explanation.value),
            }
        )
    if explanation.window is not None:
        steps += _weighing_steps(explanation)
    if explanation.addends:
        steps.append(
            {
                "name": "sum of the two",
                "formula": " + ".join(closed_text(one.value) for one in explanation.addends),
                "value": number_text(explanation.value),
            }
        )
    if norm := explanation.batch_norm:
        steps.append(
            {
                "name": "batch norm",
                "formula": _norm_formula(norm),
                "value": number_text(norm.after),
            }
        )
    if activation := explanation.activation:
        inner = f"max(0, {number_text(activation.before)})"
        steps.append(
            {
                "name": "ReLU6" if activation.function == "relu6" else "ReLU",
                "formula": f"min(6, {inner})" if activation.function == "relu6" else inner,
                "value": number_text(activation.after),
            }
        )
    if explanation.softmax is not None:
        steps += _softmax_steps(trace, explanation)
    return steps


def _norm_formula(norm: "BatchNormTerms") -> str:
    """Write it with as many digits as give the result that stands below it, by hand, too."""
    numbers = (norm.before, norm.mean, norm.variance, norm.gamma, norm.beta)
    for digits in range(4, 9):
        before, mean, variance, gamma, beta = (float(f"{one:.{digits}g}") for one in numbers)
        recomputed = (before - mean) / math.sqrt(variance + norm.epsilon) * gamma + beta
        if number_text(recomputed) == number_text(norm.after):
            break
    return (
        f"({number_text(norm.before, digits=digits)} − {closed_text(norm.mean, digits=digits)}) / "
        f"√({number_text(norm.variance, digits=digits)} + {plain_text(norm.epsilon)}) × "
        f"{closed_text(norm.gamma, digits=digits)} + {closed_text(norm.beta, digits=digits)}"
    )


def _weighing_steps(explanation: "UnitExplanation") -> list[dict[str, str]]:
    window = explanation.window
    assert window is not None
    total = float(window.products.sum())
    if explanation.kind == "max_pool" or explanation.argmax is not None:
        held = window.inputs.ravel().tolist()
        texts = ", ".join(map(number_text, held))
        return [
            {
                "name": "largest value",
                "formula": f"max({texts})" if len(held) <= _LISTED else f"max of {len(held)}",
                "value": number_text(total),
            }
        ]
    count = window.inputs.size
    steps = [
        {
            "name": "sum of the products" if count > 1 else "copy",
            "formula": _sum_formula(window.channel_sums) if count > 1 else "",
            "value": number_text(total),
        }
    ]
    if explanation.bias:
        steps.append(
            {
                "name": "plus the bias",
                "formula": f"{number_text(total)} + {closed_text(explanation.bias)}",
                "value": number_text(total + explanation.bias),
            }
        )
    return steps


def _sum_formula(sums: np.ndarray) -> str:
    """Write the channels' sums as one sum, strongest first."""
    order = np.argsort(-np.abs(sums), kind="stable")
    shown = [signed_text(sums[at], digits=3) for at in order[:4]]
    text = " ".join(shown).removeprefix("+").strip()
    left = len(sums) - len(shown)
    if left > 0:
        text += f" {signed_text(float(sums[order[4:]].sum()), digits=3)} ({left:,} more)"
    return text


def _softmax_steps(trace: "Trace", explanation: "UnitExplanation") -> list[dict[str, str]]:
    terms = explanation.softmax
    assert terms is not None
    at = explanation.unit.channel
    logit, power = float(terms.logits[at]), float(terms.exponentials[at])
    classes = len(terms.logits)
    return [
        {
            "name": "e^(score − largest score)",
            "formula": f"e^({number_text(logit)} − {closed_text(terms.largest)})",
            "value": number_text(power),
        },
        {
            "name": f"sum of this over all {classes:,} classes",
            "formula": _softmax_sum(terms.exponentials, at),
            "value": number_text(terms.total),
        },
        {
            "name": f"probability of {trace.network.classes[at]}",
            "formula": f"{number_text(power)} / {number_text(terms.total)}",
            "value": number_text(explanation.value),
        },
    ]


def _softmax_sum(exponentials: np.ndarray, chosen: int) -> str:
    order = [int(at) for at in np.argsort(-exponentials, kind="stable")[:4]]
    parts = [number_text(float(exponentials[at]), digits=3) for at in order]
    left = len(exponentials) - len(order)
    if not left:
        return " + ".join(parts)
    others = float(exponentials.sum() - exponentials[order].sum())
    return " + ".join(parts) + f" + {number_text(others, digits=3)} ({left:,} more)"


def signed_text(value: float, *, digits: int = 4) -> str:
    """Write a number with its sign and a space, as it stands in a sum.

    >>> signed_text(0.25), signed_text(-3.0)
    ('+ 0.25', '− 3')
    """
    return f"{MINUS if value < 0 else '+'} {number_text(abs(float(value)), digits=digits)}"


def closed_text(value: float, *, digits: int = 4) -> str:
    """Write a number that follows an operator; a negative one in brackets.

    >>> closed_text(2.0), closed_text(-2.0)
    ('2', '(−2)')
    """
    text = number_text(value, digits=digits)
    return f"({text})" if value < 0 else text
