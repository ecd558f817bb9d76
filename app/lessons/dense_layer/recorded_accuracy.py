"""How often networks name shuffled test pictures correctly, as recorded, beside the class bars."""

from collections.abc import Sequence

from app.drawing.numbers import percent_text
from app.lessons.dense_layer.settings import CNN
from app.lessons.dense_layer.shuffling import TrainedNetwork
from cnn_core.errors import DataMissingError
from cnn_core.networks.experiments.findings import UNSHUFFLED, ShuffleRecording
from cnn_core.networks.experiments.recordings import load_shuffle_recording
from cnn_core.proportion import Proportion

_ALL = 100


def recording() -> ShuffleRecording | None:
    """Return the recorded experiment, None where it was not recorded."""
    try:
        return load_shuffle_recording()
    except DataMissingError:
        return None


def mean_of(accuracies: Sequence[Proportion]) -> Proportion:
    """Give the mean accuracy of several trainings, of as many pictures as one of them has.

    All are tested on the same pictures: three trainings do not make the interval narrower.

    >>> mean_of([Proportion(90, 100), Proportion(80, 100)])
    Proportion(successes=85, trials=100)
    """
    mean = sum(one.successes for one in accuracies) / len(accuracies)
    return Proportion(round(mean), accuracies[0].trials)


def how_recorded(found: ShuffleRecording) -> str:
    """Say, as Markdown, how the networks were trained, and what records it all again."""
    card = found.card
    seeds = {block: len(found.trained_accuracies(CNN, block=block)) for block in found.blocks}
    sides = {
        count: [
            "pictures that are not shuffled" if block == UNSHUFFLED else f"{block} × {block}"
            for block in seeds
            if seeds[block] == count
        ]
        for count in sorted(set(seeds.values()), reverse=True)
    }
    trainings = "; ".join(f"{count} for {', '.join(of_it)}" for count, of_it in sides.items())
    return (
        f"**Trained on shuffled pictures**: {found.training_pictures:,} training pictures of "
        f"Fashion-MNIST, each shown {found.epochs} times without augmentation. Trainings: "
        f"{trainings}. "
        "Where there are several, their mean is shown. **Trained on pictures as they are**: "
        "the bundled networks, trained for longer and with augmentation. Recorded on "
        f"{card.date} in {card.seconds / 60:.0f} minutes with PyTorch "
        f"{card.torch.partition('+')[0]}. Run it again with `make recordings`, or "
        f"`{card.command}`."
    )


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
        return _said(mean_of(found.trained_accuracies(network.layers, block=1)))
    if block > 1:
        if share != _ALL:
            return ""
        return _said(found.bundled_accuracy(network.layers, block=block))
    nearest = min(found.shares, key=lambda one: abs(100 * one - share))
    where = "" if round(100 * nearest) == share else f", with {100 * nearest:.0f} % shuffled"
    return _said(found.bundled_accuracy(network.layers, share=nearest)) + where


def _said(accuracy: Proportion) -> str:
    low, high = (percent_text(end) for end in accuracy.interval())
    return f"Accuracy {percent_text(accuracy.share)} ({low} to {high})"
