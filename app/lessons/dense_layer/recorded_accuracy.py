"""How often networks name shuffled test pictures correctly, as recorded, beside the class bars."""

from app.drawing.numbers import percent_text
from app.lessons.dense_layer.accuracy_chart import pooled
from app.lessons.dense_layer.shuffling import TrainedNetwork
from cnn_core.errors import DataMissingError
from cnn_core.networks.experiments.findings import ShuffleRecording
from cnn_core.networks.experiments.recordings import load_shuffle_recording
from cnn_core.proportion import Proportion

_ALL = 100


def recording() -> ShuffleRecording | None:
    """Return the recorded experiment, None where it was not recorded."""
    try:
        return load_shuffle_recording()
    except DataMissingError:
        return None


def accuracy_text(
    found: ShuffleRecording | None, network: TrainedNetwork, share: int, block: int
) -> str:
    """Say how often a network is right with the sliders as they are; "" if that is not known.

    Where single pixels are shuffled, the share that was recorded and is nearest.
    """
    if found is None:
        return ""
    if network.on_shuffled:
        if (share, block) != (_ALL, 1):
            return ""
        return _said(pooled(found.trained_accuracies(network.layers, block=1)))
    if block > 1:
        if share != _ALL:
            return ""
        return _said(found.bundled_accuracy(network.layers, block=block))
    nearest = min(found.shares, key=lambda one: abs(100 * one - share))
    where = "" if round(100 * nearest) == share else f", at {100 * nearest:.0f} %"
    return _said(found.bundled_accuracy(network.layers, share=nearest)) + where


def _said(accuracy: Proportion) -> str:
    low, high = (percent_text(end) for end in accuracy.interval())
    return f"Accuracy {percent_text(accuracy.share)} ({low} to {high})"
