"""A kernel as it stands in a link, in a control and in a live message: one line of text.

sobel_x                          a preset, by its key in cnn_core.kernels.KERNELS
gabor(angle=45,wavelength=6)     a formula with its numbers, from cnn_core.kernels.BUILDERS
-1,0,1;-2,0,2;-1,0,1             painted or typed, row by row
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from cnn_core.errors import CnnCoreError, quoted
from cnn_core.kernels import BUILDERS, KERNELS, build_kernel, parse_kernel
from cnn_core.number_grammar import parse_number

_FORMULA = re.compile(r"(?P<key>[a-z_]+)\((?P<values>[^()]*)\)")
MAX_TEXT = 8000  # 15 x 15 numbers of 17 digits, with room to spare


@dataclass(frozen=True, slots=True, kw_only=True)
class KernelChoice:
    """A kernel and how it was chosen.

    Attributes:
        text: the line it was parsed from, in its shortest form.
        weights: float64 (kh, kw), read-only.
        preset: key in KERNELS, or "".
        formula: key in BUILDERS, or "".
        values: the formula's numbers, by parameter.
    """

    text: str
    weights: np.ndarray = field(repr=False, compare=False)
    preset: str = ""
    formula: str = ""
    values: dict[str, float] = field(default_factory=dict, compare=False)

    @property
    def name(self) -> str:
        """What to call it on screen."""
        if self.preset:
            return KERNELS[self.preset].name
        if self.formula:
            return BUILDERS[self.formula].name
        return "Your own"


@lru_cache(maxsize=256)
def parse_kernel_choice(text: str) -> KernelChoice:
    """Read a kernel from its line of text.

    Raises:
        CnnCoreError: if it is none of the three forms; says what is wrong with it.

    >>> parse_kernel_choice("0,1;1,0").weights.shape
    (2, 2)
    """
    text = text.strip()
    if len(text) > MAX_TEXT:
        raise CnnCoreError(f"A kernel's text may have {MAX_TEXT} characters; this has {len(text)}.")
    if text in KERNELS:
        return KernelChoice(text=text, weights=_frozen(KERNELS[text].array), preset=text)
    if formula := _FORMULA.fullmatch(text):
        return _from_formula(formula["key"], formula["values"])
    weights = parse_kernel(text)
    return KernelChoice(text=painted_text(weights), weights=_frozen(weights))


def painted_text(weights: np.ndarray) -> str:
    """Write weights in the third form, so that they read back exactly.

    >>> painted_text(np.array([[0.5, -1.0], [0.0, 2.0]]))
    '0.5,-1;0,2'
    """
    return ";".join(",".join(_shortest(value) for value in row) for row in weights.tolist())


def _shortest(value: float) -> str:
    text = repr(float(value) + 0.0)  # + 0.0 takes the sign off a negative zero
    return text.removesuffix(".0")


def formula_text(key: str, values: dict[str, float]) -> str:
    """Write a formula with its numbers in the second form.

    >>> formula_text("box", {"width": 3.0})
    'box(width=3)'
    """
    return f"{key}({','.join(f'{name}={value:g}' for name, value in values.items())})"


def _from_formula(key: str, values_text: str) -> KernelChoice:
    if key not in BUILDERS:
        raise CnnCoreError(
            f"There is no kernel formula called {quoted(key)}; choose one of {', '.join(BUILDERS)}."
        )
    known = {parameter.key: parameter.default for parameter in BUILDERS[key].parameters}
    values = dict(known)
    for part in filter(None, values_text.split(",")):
        name, _, number = part.partition("=")
        if name.strip() not in known:
            raise CnnCoreError(f"{key} has no {quoted(name.strip())}; it takes {', '.join(known)}.")
        value = parse_number(number)
        if value is None:
            raise CnnCoreError(f"{name.strip()} should be a number, but {quoted(number)} came.")
        values[name.strip()] = value
    weights = build_kernel(key, **values)
    return KernelChoice(
        text=formula_text(key, values), weights=_frozen(weights), formula=key, values=values
    )


def _frozen(weights: np.ndarray) -> np.ndarray:
    kept = np.array(weights, dtype=np.float64)
    kept.flags.writeable = False
    return kept
