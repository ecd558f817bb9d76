"""torch and the networks, loaded before anyone asks for them."""

from app.networks.dead_maps import activation_bounds
from app.networks.settings import as_input
from app.networks.traces import traced
from cnn_core.errors import CnnCoreError
from cnn_core.networks.models import registry
from cnn_core.samples import DEFAULT_SAMPLE, load_sample


def load_networks() -> None:
    """Trace the first picture that a visitor sees through every network."""
    shown = as_input(load_sample(DEFAULT_SAMPLE))
    for name in registry.NETWORKS:
        try:
            traced(name, shown)
            activation_bounds(name)
        except CnnCoreError:
            continue  # the page that needs this network says what is missing
