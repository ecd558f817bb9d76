"""What to notice in the view backward."""

import numpy as np

from app.drawing.numbers import number_text, shape_text
from app.guide.claims import Claim, always
from app.lessons.watch_it_learn.backward import claim_checks as checks
from app.lessons.watch_it_learn.backward.situation import BackwardSituation


def _of_weights(on: BackwardSituation) -> bool:
    return on.settings.of == "weights"


def _is_convolution(on: BackwardSituation) -> str:
    return (
        "The gradient of the weights is **itself a convolution**: the error map, "
        f"{shape_text(on.error.shape)}, slides over the input like a kernel. It fits at "
        f"{shape_text(on.weights.shape)} places: one for each weight."
    )


def _is_full_convolution(on: BackwardSituation) -> str:
    return (
        "The gradient of the input is a **full convolution**: the kernel, turned by 180°, slides "
        "over the error map with zeros around it. The result has the shape of the input, "
        f"{shape_text(on.image.shape)}."
    )


def _rate(on: BackwardSituation) -> str:
    return (
        f"With a learning rate below **{number_text(_bound(on))}** each step makes the loss of "
        "this example smaller, until the gradient is 0."
    )


def _bound(on: BackwardSituation) -> float:
    """Return 2 / the largest curvature, a little less, as it is written."""
    exact = 2 / on.curvature
    power = 10.0 ** (np.floor(np.log10(exact)) - 2)
    return float(np.floor(exact / power) * power)


def _grows(on: BackwardSituation) -> str:
    return (
        "**This step is too long**: it goes past the smallest loss, and the loss grows from "
        f"{number_text(on.loss)} to {number_text(on.next_loss)}."
    )


def grows(on: BackwardSituation) -> bool:
    """Whether the step makes the loss clearly larger."""
    return _of_weights(on) and on.next_loss > 1.01 * on.loss + 1e-9


def _unequal_signs(on: BackwardSituation) -> bool:
    return _of_weights(on) and bool((np.abs(on.gradient) > 1e-3).all())


def _direction(on: BackwardSituation) -> str:
    up, down = int((on.gradient < 0).sum()), int((on.gradient > 0).sum())
    return (
        "The step goes against the gradient: a weight with a negative gradient becomes larger "
        f"({up} of {up + down} here), one with a positive gradient becomes smaller ({down})."
    )


CLAIMS: tuple[Claim[BackwardSituation], ...] = (
    Claim(
        key="learn_back_convolution",
        applies=_of_weights,
        sentence=_is_convolution,
        check=checks.is_convolution,
    ),
    Claim(
        key="learn_back_full",
        applies=lambda on: not _of_weights(on),
        sentence=_is_full_convolution,
        check=checks.is_full_convolution,
    ),
    Claim(
        key="learn_back_right",
        applies=lambda on: on.is_right,
        sentence=lambda on: "No error is left: every gradient is 0, and a step changes nothing.",
        check=checks.changes_nothing,
    ),
    Claim(key="learn_back_grows", applies=grows, sentence=_grows, check=checks.loss_grows),
    Claim(
        key="learn_back_direction",
        applies=_unequal_signs,
        sentence=_direction,
        check=checks.goes_against_gradient,
    ),
    Claim(
        key="learn_back_rate",
        applies=_of_weights,
        sentence=_rate,
        check=lambda on: checks.is_safe_below(on, _bound(on)),
    ),
    Claim(
        key="learn_back_autograd",
        applies=always,
        sentence=lambda on: (
            "PyTorch’s autograd returns the same gradients, for the weights and for the input: "
            "the program below prints them."
        ),
        check=checks.equals_autograd,
    ),
)
