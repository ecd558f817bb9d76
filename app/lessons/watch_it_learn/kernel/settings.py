"""The settings of the view "One kernel learns" as flat text, and what they mean once read."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.session.control import Menu, Stops
from app.session.settings import Setting, by_key, named, one_of, read_all, translated, whole
from cnn_core.kernels import KERNELS, Kernel

LARGEST_SIDE = 7
"""Rows and columns of a hidden kernel at most: more numbers than that cannot be read in cells."""
MOST_STEPS = 50_000
"""A descent that neither finds its kernel nor explodes ends here."""
AS_FAST_AS_IT_GOES = "max"
SPEEDS = ("1", "4", "16", "64", AS_FAST_AS_IT_GOES)
"""How many steps are made from one picture on the screen to the next."""
RATES = ("0.001", "0.003", "0.01", "0.02", "0.03", "0.05", "0.1", "0.2", "0.3", "0.5", "1")
MOMENTA = ("0", "0.5", "0.8", "0.9", "0.95", "0.99")
ALL = "all"
BATCHES = ("1", "4", "16", "64", "256", ALL)
PIXELS = {"standard": "standardized", "raw": "0 to 1"}


def _fits(kernel: Kernel) -> bool:
    return all(side % 2 == 1 and side <= LARGEST_SIDE for side in kernel.array.shape)


HIDDEN: Mapping[str, str] = {key: one.name for key, one in KERNELS.items() if _fits(one)}
"""The names of the kernels that can be hidden: presets of odd size up to `LARGEST_SIDE`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KernelLearningSettings:
    """All settings of the view, read and checked.

    Attributes:
        hidden: the key of the hidden kernel.
        rate: the learning rate.
        momentum: from 0 to below 1.
        batch: windows for each step; None for all of them.
        standard: whether the pixels have mean 0 and deviation 1; else they are from 0 to 1.
        seed: of the first kernel and of the windows that are drawn.
        step: the step that is shown.
        speed: one of `SPEEDS`.
    """

    hidden: str
    rate: float
    momentum: float
    batch: int | None
    standard: bool
    seed: int
    step: int
    speed: str

    @property
    def name(self) -> str:
        """The name of the hidden kernel."""
        return HIDDEN[self.hidden]

    @property
    def weights(self) -> np.ndarray:
        """The hidden kernel, float32 (h, w)."""
        return KERNELS[self.hidden].array


SETTINGS: Mapping[str, Setting] = by_key(
    Setting(
        key="learn_hidden",
        name="hidden kernel",
        default="sobel_x",
        read=named(HIDDEN),
        control=Menu(
            label="Hidden kernel",
            options=tuple(HIDDEN.items()),
            help="The kernel that made the wanted response",
        ),
    ),
    Setting(
        key="learn_rate",
        name="learning rate",
        default="0.03",
        read=translated({text: float(text) for text in RATES}),
        control=Stops(
            label="Rate",
            stops=RATES,
            help="Learning rate: how far a step goes against the gradient",
        ),
    ),
    Setting(
        key="learn_momentum",
        name="momentum",
        default="0.9",
        read=translated({text: float(text) for text in MOMENTA}),
        control=Stops(
            label="Momentum",
            stops=MOMENTA,
            help="How much of the last step is added to the next one",
        ),
    ),
    Setting(
        key="learn_batch",
        name="batch",
        default=ALL,
        read=translated({text: None if text == ALL else int(text) for text in BATCHES}),
        control=Stops(
            label="Batch",
            stops=BATCHES,
            help="How many windows of the picture a step uses, drawn at random",
        ),
    ),
    Setting(
        key="learn_pixels",
        name="pixel values",
        default="standard",
        read=named(PIXELS),
        control=Menu(
            label="Pixels",
            options=tuple(PIXELS.items()),
            help="Standardized: mean 0, standard deviation 1",
        ),
    ),
    Setting(key="learn_seed", name="seed", default="0", read=whole(0, 9999)),
    Setting(key="learn_step", name="step", default="0", read=whole(0, MOST_STEPS)),
    Setting(key="learn_speed", name="speed", default="1", read=one_of(*SPEEDS)),
)


def read_settings(texts: Mapping[str, object]) -> KernelLearningSettings:
    """Read all settings; what is missing takes its default, what is unknown or wrong is refused.

    Raises:
        CnnCoreError: names the setting and says what it may be.

    >>> read_settings({"learn_batch": "16"}).batch
    16
    """
    read = read_all(SETTINGS, texts, owner="One kernel learns")
    return KernelLearningSettings(
        hidden=read["learn_hidden"],
        rate=read["learn_rate"],
        momentum=read["learn_momentum"],
        batch=read["learn_batch"],
        standard=read["learn_pixels"] == "standard",
        seed=read["learn_seed"],
        step=read["learn_step"],
        speed=read["learn_speed"],
    )
