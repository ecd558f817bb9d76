"""What was done in each experiment, in sentences: they go into the card of its recording."""

from __future__ import annotations

from cnn_core.networks.experiments import shuffle

EPOCHS = (
    "Each kept moment of the training of the bundled networks, in half precision, is shown the "
    "first training pictures and the test pictures as they are, without augmentation, dropout or "
    "label smoothing. The weights are running averages over the training up to that moment. The "
    "losses are mean cross-entropies in nats."
)

SHIFT = (
    "The class of each picture is compared with that of the same picture shifted by whole pixels "
    "of the network's input, one direction at a time. Garments: all bundled test pictures; what "
    "enters is 0, their background, and what is shifted out is lost. Photographs: all bundled "
    "ones; the network's window moves over the picture, so what enters comes from the picture."
)


def shuffle_note(plan: shuffle.ShufflePlan) -> str:
    """Say what is done with a plan of the shuffle experiment."""
    chosen = shuffle.settings(plan, 0)
    return (
        "One order of the pixels for all pictures. Every network was trained in the same way, on "
        f"{plan.pictures:,} training pictures of Fashion-MNIST, each shown "
        f"{plan.epochs} times without augmentation: stochastic gradient descent with batches of "
        f"{chosen.batch}, Nesterov momentum {chosen.momentum}, learning rates up to "
        f"{chosen.peak_rate}, weight decay {chosen.weight_decay}, label smoothing "
        f"{chosen.smoothing}, running average of the weights {chosen.average}. Original and fully "
        f"shuffled pictures with {plan.seeds} seeds, larger blocks with one. Nothing was selected: "
        "the last weights were tested. The weights kept are those of seed 0 on fully shuffled "
        "pictures. The bundled networks were trained for longer and with augmentation."
    )
