"""The settings of the view "Written out" as flat text, and what they mean once read."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.session.control import Slider, Stops
from app.session.settings import Setting, by_key, named, number, read_all, translated, whole

OPTIMIZERS = {"sgd": "SGD", "adam": "Adam"}
RATES = ("0.01", "0.02", "0.05", "0.1", "0.2")
LAMBDAS = ("0", "0.01", "0.02", "0.05", "0.1", "0.2", "0.5")
PULLS = ("0.1", "0.3", "1", "3", "5")
"""How strongly the data pull at the weight; with every rate and lambda, steps become shorter."""
MOST_STEPS = 60
SMALLEST_START, LARGEST_START = -1.0, 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSettings:
    """All settings of the view, read and checked.

    Attributes:
        optimizer: one of `OPTIMIZERS`.
        rate: the learning rate.
        lambda_: the lecture's lambda; PyTorch's weight_decay is twice that.
        pull: c, of the loss of the data, c / 2 * (w - 1)^2.
        start: the weight at step 0.
        at: the step that is written out, from 1.
    """

    optimizer: str
    rate: float
    lambda_: float
    pull: float
    start: float
    at: int

    @property
    def weight_decay(self) -> float:
        """What PyTorch calls weight_decay."""
        return 2 * self.lambda_


def _listed(texts: tuple[str, ...]) -> dict[str, float]:
    return {text: float(text) for text in texts}


SETTINGS: Mapping[str, Setting] = by_key(
    Setting(key="decay_optimizer", name="optimizer", default="sgd", read=named(OPTIMIZERS)),
    Setting(
        key="decay_rate",
        name="learning rate",
        default="0.1",
        read=translated(_listed(RATES)),
        control=Stops(label="Rate η", stops=RATES),
    ),
    Setting(
        key="decay_l2",
        name="λ",
        default="0.1",
        read=translated(_listed(LAMBDAS)),
        control=Stops(label="Weight decay λ", stops=LAMBDAS),
    ),
    Setting(
        key="decay_pull",
        name="size of the gradient",
        default="1",
        read=translated(_listed(PULLS)),
        control=Stops(label="Gradient size c", stops=PULLS),
    ),
    Setting(
        key="decay_start",
        name="first weight",
        default="3",
        read=number(SMALLEST_START, LARGEST_START),
        control=Slider(label="First w", min=SMALLEST_START, max=LARGEST_START, step=0.5),
    ),
    Setting(key="decay_at", name="step", default="1", read=whole(1, MOST_STEPS)),
)


def read_settings(texts: Mapping[str, object]) -> WrittenSettings:
    """Read all settings; what is missing takes its default, what is unknown or wrong is refused.

    Raises:
        CnnCoreError: names the setting and says what it may be.

    >>> read_settings({"decay_l2": "0.5"}).weight_decay
    1.0
    """
    read = read_all(SETTINGS, texts, owner="Written out")
    return WrittenSettings(
        optimizer=read["decay_optimizer"],
        rate=read["decay_rate"],
        lambda_=read["decay_l2"],
        pull=read["decay_pull"],
        start=read["decay_start"],
        at=read["decay_at"],
    )
