"""torch and the networks, loaded before anyone asks for them."""

from app.networks.settings import NETWORK_KEYS
from app.networks.traces import TRACES
from cnn_core.errors import CnnCoreError
from cnn_core.images import digest
from cnn_core.samples import DEFAULT_SAMPLE, load_sample


def load_networks() -> None:
    """Trace the first picture that a visitor sees through every network."""
    picture = load_sample(DEFAULT_SAMPLE)
    for name in NETWORK_KEYS:
        try:
            TRACES.get(name, digest(picture), picture)
        except CnnCoreError:
            continue  # the page that needs this network says what is missing
