"""What Inside a CNN has ready before anyone opens it."""

from app.lessons.inside_cnn.samples_ahead import samples_ahead
from app.networks.warm import load_networks
from cnn_core.errors import CnnCoreError
from cnn_core.networks.models import registry


def warm_up() -> None:
    """Load the networks, and decode and name the samples that the page tells the browser of."""
    load_networks()
    for name in registry.NETWORKS:
        try:
            samples_ahead(name)
        except CnnCoreError:
            continue  # the page that needs this network says what is missing
