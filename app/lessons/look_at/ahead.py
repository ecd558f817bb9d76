"""The explanations of the samples, computed before anyone asks, while nothing else is to be done.

A class that opens this lesson chooses from the same samples within seconds. All of them take half a
minute of one processor, which is there while the teacher talks.
"""

from functools import partial

from app.lessons.look_at.attributions import attribution_figure
from app.networks.prediction import predicted
from app.networks.settings import as_input
from app.networks.work import WORK, Priority
from cnn_core.errors import CnnCoreError
from cnn_core.networks.attribution import methods
from cnn_core.networks.models import registry
from cnn_core.samples import SAMPLES, load_sample

_NOBODY = "ahead"


def explain_samples() -> None:
    """Ask the queue for each sample's most probable class, photographs first; returns at once."""
    network = next(iter(registry.NETWORKS))
    for sample in sorted(SAMPLES.values(), key=lambda sample: sample.path is None):
        for method in methods.METHODS:
            WORK.ask(
                ("ahead", network, sample.key, method),
                partial(_explain, network, sample.key, method),
                visitor=_NOBODY,
                priority=Priority.AHEAD,
            )


def _explain(network: str, sample: str, method: str) -> None:
    shown = as_input(load_sample(sample))
    try:
        number = int(predicted(network, shown).scores.argmax())
        attribution_figure(network, shown, number, method, randomized=False)
    except CnnCoreError:
        return  # the page says what is missing
