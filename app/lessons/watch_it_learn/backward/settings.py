"""The settings of the view backward of Watch it learn as flat text, and what they mean once read.

Each example has a kernel of its own, with its own number of weights, and so a setting of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.lessons.watch_it_learn.backward.examples import EXAMPLES, BackwardExample
from app.session.settings import Setting, by_key, named, read_all, translated
from cnn_core.errors import CnnCoreError, quoted
from cnn_core.number_grammar import parse_number

LARGEST_WEIGHT = 1e6
"""Further than this no step goes."""
RATES = (
    *("0.0001", "0.0002", "0.0005", "0.001", "0.002", "0.005", "0.01", "0.02", "0.05"),
    *("0.1", "0.2", "0.5", "1"),
)
OF = {"weights": "the weights", "input": "the input"}
"""What the gradient is computed for."""
WEIGHTS_KEYS: Mapping[str, str] = {key: f"learn_back_{key}" for key in EXAMPLES}
"""The setting that holds the weights of each example."""


@dataclass(frozen=True, kw_only=True, eq=False)
class BackwardSettings:
    """All settings of the view, read and checked.

    Attributes:
        example: the input, the target and the size of the kernel.
        weights: the kernel, (kh, kw).
        rate: the learning rate.
        of: what the gradient is computed for, a key of `OF`.
    """

    example: BackwardExample
    weights: NDArray[np.float64]
    rate: float
    of: str

    @property
    def weights_key(self) -> str:
        """The setting that holds the weights."""
        return WEIGHTS_KEYS[self.example.key]


def weight_text(value: float) -> str:
    """Write a weight for a link: all digits that matter to the next step, and no more.

    >>> weight_text(0.25), weight_text(-2.0), weight_text(1 / 3)
    ('0.25', '-2', '0.333333333')
    """
    return f"{value + 0.0:.9g}"


def weights_text(weights: NDArray[np.float64]) -> str:
    """Write a kernel for a link.

    >>> weights_text(np.array([[1, 0.5], [0, -1]]))
    '1,0.5;0,-1'
    """
    return ";".join(",".join(weight_text(float(value)) for value in row) for row in weights)


def _kernel(example: BackwardExample) -> Callable[[str], NDArray[np.float64]]:
    rows, columns = example.size

    def read(text: str) -> NDArray[np.float64]:
        if not text:
            return np.array(example.first, dtype=np.float64)
        values = [[parse_number(one) for one in row.split(",")] for row in text[:400].split(";")]
        fits = len(values) == rows and all(len(row) == columns for row in values)
        if not fits or any(
            value is None or abs(value) > LARGEST_WEIGHT for row in values for value in row
        ):
            raise CnnCoreError(
                f"it is {rows} rows of {columns} numbers of at most {LARGEST_WEIGHT:,.0f}, as in "
                f"{weights_text(np.array(example.first, dtype=np.float64))}, not {quoted(text)}."
            )
        return np.array(values, dtype=np.float64)

    return read


SETTINGS: Mapping[str, Setting] = by_key(
    Setting(
        key="learn_back_example",
        name="example",
        default="small",
        read=named({key: one.name for key, one in EXAMPLES.items()}),
    ),
    *(
        Setting(key=WEIGHTS_KEYS[key], name=f"kernel of {one.name}", default="", read=_kernel(one))
        for key, one in EXAMPLES.items()
    ),
    Setting(key="learn_back_of", name="gradient", default="weights", read=named(OF)),
    Setting(
        key="learn_back_rate",
        name="learning rate",
        default="",
        read=translated({"": None, **{text: float(text) for text in RATES}}),
    ),
)


def rate_text(settings: BackwardSettings) -> str:
    """Return the learning rate as it is written in `RATES`."""
    return next(text for text in RATES if float(text) == settings.rate)


def read_settings(texts: Mapping[str, object]) -> BackwardSettings:
    """Read all settings; what is missing takes its default, what is unknown or wrong is refused.

    Raises:
        CnnCoreError: names the setting and says what it may be.

    >>> read_settings({"learn_back_small": "1,2;3,4"}).weights.tolist()
    [[1.0, 2.0], [3.0, 4.0]]
    """
    read = read_all(SETTINGS, texts, owner="Back-propagation by hand")
    example = EXAMPLES[read["learn_back_example"]]
    rate = read["learn_back_rate"]
    return BackwardSettings(
        example=example,
        weights=read[WEIGHTS_KEYS[example.key]],
        rate=float(example.rate) if rate is None else rate,
        of=read["learn_back_of"],
    )
