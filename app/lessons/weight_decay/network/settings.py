"""The settings of the view "A network" as flat text, and what they mean once read."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.session.settings import Setting, by_key, read_all, translated
from cnn_core.networks.experiments.sweep_plans import SWEEPS

SWEEP = "weight_decay"
_PLANS = [run.plan for run in SWEEPS[SWEEP].runs]
DECAYS: Mapping[str, float] = {
    f"{decay:g}": decay for decay in sorted({plan.weight_decay for plan in _PLANS})
}
"""PyTorch's weight_decay of the recorded trainings, by its text on the slider."""
SEEDS: Mapping[str, int] = {str(seed): seed for seed in sorted({plan.seed for plan in _PLANS})}


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkDecaySettings:
    """All settings of the view, read and checked.

    Attributes:
        weight_decay: PyTorch's, of the training that is shown.
        seed: of the training that is shown.
    """

    weight_decay: float
    seed: int


SETTINGS: Mapping[str, Setting] = by_key(
    Setting(key="decay_net", name="weight decay", default="0.01", read=translated(DECAYS)),
    Setting(key="decay_net_seed", name="seed", default="0", read=translated(SEEDS)),
)


def read_settings(texts: Mapping[str, object]) -> NetworkDecaySettings:
    """Read all settings; what is missing takes its default, what is unknown or wrong is refused.

    Raises:
        CnnCoreError: names the setting and says what it may be.

    >>> read_settings({"decay_net": "0"}).weight_decay
    0.0
    """
    read = read_all(SETTINGS, texts, owner="A network")
    return NetworkDecaySettings(weight_decay=read["decay_net"], seed=read["decay_net_seed"])
