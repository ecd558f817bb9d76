"""The sum behind one output of a convolution, written with indices, and read back by checks.

The notation is that of lectures on CNNs: Z = X ⊛ W, with i and j for places of the output, u and v
for places of the kernel, and k for channels, all counted from 0.
"""

import re
from collections.abc import Callable, Sequence
from itertools import product
from typing import Literal

import numpy as np

from app.drawing.numbers import MINUS, number_text
from cnn_core.geometry import Window

Channels = Literal["one", "each", "added", "added with slices"]
"""One; each by itself; added, with one kernel for all or with a slice of the kernel for each."""

_NO_BREAK, _SHORT = "\u00a0", 20
_BRACKET = re.compile(r"\[.+?\]")
_FORMULA = re.compile(r"Z\[(.+?)\] = (?:Σ )?X\[(.+?)\] · W\[(.+?)\](?: ([+−]) (\S+))?$")


def convolution_formula(
    axes: Sequence[Window], *, channels: Channels = "one", bias: float = 0.0, flip: bool = False
) -> str:
    """Write how one output is computed.

    Args:
        axes: how the kernel slides along each axis, the vertical one first; one for a signal.
        channels: what becomes of the channels.
        bias: what is added to the sum.
        flip: whether the kernel is turned by 180° first.

    >>> convolution_formula([Window(size=3, stride=2, padding=1)] * 2)
    'Z[i, j] = Σ X[2·i + u − 1, 2·j + v − 1] · W[u, v]'
    >>> convolution_formula([Window(size=2)], bias=-3, flip=True)
    'Z[i] = Σ X[i + u] · W[1 − u] − 3'
    """
    output, read, weights = [], [], []
    for name, step, axis in zip("ij", "uv", axes, strict=False):
        output.append(name)
        read.append(_read(name, step, axis))
        last = axis.size - 1
        turned = f"{last} {MINUS} {step}" if flip else step
        weights.append(turned if last else "0")
    if channels != "one":
        read.append("k")
    if channels == "each":
        output.append("k")
    if channels == "added with slices":
        weights.append("k")
    z, x, w = (", ".join(names) for names in (output, read, weights))
    added = f" {MINUS if bias < 0 else '+'} {number_text(abs(bias))}" if bias else ""
    sums = "Σ " if summed_over(axes, channels=channels) else ""
    return f"Z[{z}] = {sums}X[{x}] · W[{w}]{added}"


def operation_sign(*, flip: bool) -> str:
    """Give the sign between input and kernel: of a convolution only where the kernel is turned.

    >>> operation_sign(flip=False), operation_sign(flip=True)
    ('⊛', '∗')
    """
    return "∗" if flip else "⊛"


def formula_markdown(formula: str) -> str:
    """Write a formula as code that is not broken in the middle of an index, nor of a short bracket.

    >>> formula_markdown("Z[i] = X[i + 1]").replace(_NO_BREAK, "_")
    '`Z[i] = X[i_+_1]`'
    """

    def kept_together(bracket: re.Match[str]) -> str:
        inside = bracket[0].replace(" + ", _around("+")).replace(f" {MINUS} ", _around(MINUS))
        return inside.replace(", ", f",{_NO_BREAK}") if len(inside) <= _SHORT else inside

    kept = _BRACKET.sub(kept_together, formula)
    return f"`{kept}`"


def _around(sign: str) -> str:
    return f"{_NO_BREAK}{sign}{_NO_BREAK}"


def summed_over(axes: Sequence[Window], *, channels: Channels = "one", depth: int = 1) -> str:
    """Say over which indices the sum runs; "" where there is one product.

    >>> summed_over([Window(size=3)] * 2, channels="added", depth=3)
    'u, v and k from 0 to 2'
    >>> summed_over([Window(size=2), Window(size=4)])
    'u from 0 to 1 and v from 0 to 3'
    """
    ranges: dict[int, list[str]] = {}
    for name, axis in zip("uv", axes, strict=False):
        if axis.size > 1:
            ranges.setdefault(axis.size - 1, []).append(name)
    if channels.startswith("added"):
        ranges.setdefault(depth - 1, []).append("k")
    return _listed([f"{_listed(names)} from 0 to {last}" for last, names in ranges.items()])


def formula_value(
    formula: str,
    place: Sequence[int],
    *,
    axes: Sequence[Window],
    depth: int,
    pixel: Callable[[list[int]], float],
    weights: np.ndarray,
) -> float:
    """Compute one output as a written formula says.

    Args:
        formula: as `convolution_formula` writes it.
        place: the indices of the output.
        axes: whose sizes are the ranges of u and v.
        depth: how many channels are added, 1 where none are.
        pixel: gives the number of X at some indices, which may lie in the padding.
        weights: W before it is turned, with as many axes as the formula has for it.
    """
    found = _FORMULA.match(formula)
    assert found is not None
    at = dict(zip(found[1].split(", "), place, strict=True))
    total = 0.0
    for step in product(*(range(axis.size) for axis in axes), range(depth)):
        named = {**dict(zip("uv", step, strict=False)), **({"k": step[-1]} if depth > 1 else {})}
        read, weight = (
            [_number(index, {**at, **named}) for index in found[group].split(", ")]
            for group in (2, 3)
        )
        total += pixel(read) * float(weights[tuple(weight)])
    bias = float(found[5].replace(MINUS, "-")) if found[5] else 0.0
    return total - bias if found[4] == MINUS else total + bias


def _read(name: str, step: str, axis: Window) -> str:
    parts = [_times(axis.stride, name)]
    if axis.size > 1:
        parts.append(_times(axis.dilation, step))
    before = f" {MINUS} {axis.before}" if axis.before else ""
    return f"{' + '.join(parts)}{before}"


def _times(factor: int, name: str) -> str:
    return name if factor == 1 else f"{factor}·{name}"


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def _number(index: str, at: dict[str, int]) -> int:
    """Compute an index such as "2·i + u − 1"."""
    total, sign = 0, 1
    for token in index.split(" "):
        if token in ("+", MINUS):
            sign = 1 if token == "+" else -1
            continue
        factor, _, name = token.rpartition("·")
        total += sign * int(factor or 1) * (at[name] if name in at else int(name))
    return total
