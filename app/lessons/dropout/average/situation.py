"""What is on the screen of "Two conventions", for its frame and the sentences below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.lessons.dropout.average.settings import MOST, AverageSettings, read_settings
from app.lessons.dropout.brightness import brightness
from app.session.picture import Picture
from cnn_core.dropout import Convention
from cnn_core.dropout_means import MaskedNeuron, running_means

WEIGHTS = (1.2, -0.8, 0.6, 1.0, -1.4, 0.9)
"""Of the neuron that reads the six others: some add, some take away."""
BIAS = -0.2
ROWS, COLUMNS = 2, 3
"""Parts of the picture, whose brightness the six neurons output."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ConventionMeans:
    """One neuron under the masks, in one convention.

    Attributes:
        neuron: which it is, and how it scales.
        sums: its sum under each mask, float64 (MOST,).
        means: the mean of the first 1, 2, ... of them.
        relu_means: the same behind a ReLU.
        relu_exact: mean and standard deviation over all masks, behind a ReLU.
    """

    neuron: MaskedNeuron
    sums: np.ndarray
    means: np.ndarray
    relu_means: np.ndarray
    relu_exact: tuple[float, float]

    @property
    def relu_at_eval(self) -> float:
        """What evaluation computes behind the ReLU."""
        return max(0.0, self.neuron.at_eval)


@dataclass(frozen=True, kw_only=True, eq=False)
class AverageSituation:
    """The settings and the picture; what is computed from them, when it is first asked for.

    Attributes:
        settings: what was chosen.
        pixels: of the picture in use, uint8 (H, W, 3).
        digest: its fingerprint.
        picture: the picture itself; None on the live channel.
    """

    settings: AverageSettings
    pixels: np.ndarray
    digest: str
    picture: Picture | None = None

    @cached_property
    def inputs(self) -> np.ndarray:
        """What the six neurons output: mean brightness of six parts of the picture, float32."""
        return brightness(self.digest, ROWS, COLUMNS, self.pixels)

    def neuron(self, convention: Convention) -> MaskedNeuron:
        """Return the neuron that reads them, in a convention."""
        return MaskedNeuron(
            inputs=self.inputs,
            weights=np.array(WEIGHTS, np.float32),
            bias=BIAS,
            keep=self.settings.keep,
            convention=convention,
        )

    def _means(self, convention: Convention) -> ConventionMeans:
        neuron = self.neuron(convention)
        sums = neuron.sampled(MOST, seed=self.settings.seed)
        return ConventionMeans(
            neuron=neuron,
            sums=sums,
            means=running_means(sums),
            relu_means=running_means(np.maximum(sums, 0)),
            relu_exact=neuron.relu_mean(),
        )

    @cached_property
    def lecture(self) -> ConventionMeans:
        """Nothing is scaled in training; evaluation multiplies the weights by p."""
        return self._means("scale_at_eval")

    @cached_property
    def pytorch(self) -> ConventionMeans:
        """Training divides by p; evaluation changes nothing."""
        return self._means("inverted")

    @cached_property
    def mask(self) -> np.ndarray:
        """The last of the masks that are averaged, bool (6,)."""
        rng = np.random.default_rng(self.settings.seed)
        drawn = rng.random((self.settings.count, len(WEIGHTS)))
        return np.asarray(drawn[-1] < self.settings.keep)


def situation(texts: Mapping[str, str], picture: Picture) -> AverageSituation:
    """Read the settings."""
    return AverageSituation(
        settings=read_settings(texts),
        pixels=picture.pixels,
        digest=picture.digest,
        picture=picture,
    )
