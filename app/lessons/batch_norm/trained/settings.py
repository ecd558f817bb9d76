"""The settings of the view "Before, after, folded" as flat text, and what they mean once read."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.lessons.batch_norm.maps import settings as maps
from app.session.settings import Setting, by_key, named, read_all, translated

PARTS = {
    "running": "Running averages",
    "order": "Before or after ReLU",
    "fold": "Folded into the kernel",
    "runs": "With and without",
}
MEASURES = {"accuracy": "Test accuracy", "loss": "Training loss"}
MOMENTA = ("0.01", "0.03", "0.1", "0.3", "1")
SHARED = ("norm_layer", "norm_channel", "norm_size", "norm_others")
"""Settings of the view "On maps" that mean the same here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedSettings:
    """All settings of the view, read and checked.

    Attributes:
        part: which of its parts is open.
        momentum: the weight of the newest batch in a running average.
        layer: the batch norm.
        channel: the map of it.
        size: how many pictures a batch has.
        others: which pictures are in the batches, a seed.
        measure: what the curves of the recorded trainings are of.
    """

    part: str
    momentum: float
    layer: str
    channel: int
    size: int
    others: int
    measure: str


SETTINGS: Mapping[str, Setting] = by_key(
    Setting(key="norm_part", name="part", default="running", read=named(PARTS)),
    Setting(
        key="norm_momentum",
        name="momentum",
        default="0.1",
        read=translated({text: float(text) for text in MOMENTA}),
    ),
    Setting(key="norm_measure", name="curves", default="accuracy", read=named(MEASURES)),
    *(maps.SETTINGS[key] for key in SHARED),
)


def read_settings(texts: Mapping[str, object]) -> TrainedSettings:
    """Read all settings; what is missing takes its default, what is unknown or wrong is refused.

    Raises:
        CnnCoreError: names the setting and says what it may be.

    >>> read_settings({"norm_momentum": "0.3"}).momentum
    0.3
    """
    read = read_all(SETTINGS, texts, owner="Before, after, folded")
    return TrainedSettings(
        part=read["norm_part"],
        momentum=read["norm_momentum"],
        layer=read["norm_layer"],
        channel=read["norm_channel"],
        size=read["norm_size"],
        others=read["norm_others"],
        measure=read["norm_measure"],
    )
