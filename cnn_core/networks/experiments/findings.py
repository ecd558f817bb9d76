"""What the experiments with shuffled and shifted pictures find.

This module does not import torch: a page shows these numbers before any network is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass

from cnn_core.errors import CnnCoreError
from cnn_core.permutation import Order, pixel_order
from cnn_core.proportion import Proportion

UNSHUFFLED = 28
"""The block size of pictures as they are: one square as large as the picture cannot move."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCard:
    """How a recording was made.

    Attributes:
        command: what makes it again.
        date: when it was started, "2026-11-27".
        seconds: how long it took.
        torch: the version of torch.
        threads: processor cores that it used.
        note: in sentences, what was done.
    """

    command: str
    date: str
    seconds: float
    torch: str
    threads: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundledAccuracy:
    """How often a bundled network names test pictures correctly when their pixels are shuffled.

    Attributes:
        network: its name in `NETWORKS`.
        share: part of the blocks that took part, 0 to 1.
        block: side of the blocks in pixels.
        accuracy: test pictures named correctly, of all.
    """

    network: str
    share: float
    block: int
    accuracy: Proportion


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedAccuracy:
    """How often a network trained on shuffled pictures names equally shuffled ones correctly.

    Attributes:
        network: whose layers it has, a name in `NETWORKS`.
        block: side of the blocks in pixels, all of them moved; `UNSHUFFLED` for pictures as they
            are.
        seed: where the randomness of its training started.
        accuracy: test pictures named correctly, of all.
    """

    network: str
    block: int
    seed: int
    accuracy: Proportion


@dataclass(frozen=True, slots=True, kw_only=True)
class ShuffleRecording:
    """The shuffle experiment.

    Attributes:
        card: how it was made.
        permutation_seed: the seed of the one pixel order, see `order`.
        training_pictures: how many pictures each network was trained on.
        epochs: how often each of them was shown.
        bundled: the bundled networks on test pictures that are more and more shuffled.
        trained: the networks trained for the experiment, all in the same way.
    """

    card: RunCard
    permutation_seed: int
    training_pictures: int
    epochs: int
    bundled: tuple[BundledAccuracy, ...]
    trained: tuple[TrainedAccuracy, ...]

    def order(self, *, share: float = 1.0, block: int = 1) -> Order:
        """Give the pixel order of the experiment for 28 x 28 pictures, see `pixel_order`."""
        return pixel_order(28, 28, seed=self.permutation_seed, share=share, block=block)

    @property
    def shares(self) -> tuple[float, ...]:
        """The shares of single pixels for which `bundled_accuracy` knows a number, rising."""
        return tuple(sorted({one.share for one in self.bundled if one.block == 1}))

    @property
    def blocks(self) -> tuple[int, ...]:
        """The block sizes for which networks were trained, rising; the last is `UNSHUFFLED`."""
        return tuple(sorted({one.block for one in self.trained}))

    def bundled_accuracy(self, network: str, *, share: float = 1.0, block: int = 1) -> Proportion:
        """Look up how often a bundled network is right.

        Raises:
            CnnCoreError: if that was not recorded.
        """
        for one in self.bundled:
            if (one.network, one.share, one.block) == (network, share, block):
                return one.accuracy
        raise CnnCoreError(
            f"The accuracy of {network} with {share:.0%} of the blocks of {block} px shuffled "
            "was not recorded."
        )

    def trained_accuracies(self, network: str, *, block: int = 1) -> tuple[Proportion, ...]:
        """Look up how often the networks trained on pictures in that order are right, by seed.

        Raises:
            CnnCoreError: if none were trained.
        """
        found = tuple(
            one.accuracy
            for one in sorted(self.trained, key=lambda one: one.seed)
            if (one.network, one.block) == (network, block)
        )
        if not found:
            raise CnnCoreError(f"No {network} was trained on blocks of {block} px.")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstFlip:
    """The picture whose class lost most probability when a shift changed the class.

    Attributes:
        picture: its position among the pictures of the experiment.
        class_before: the class of the picture as it is, a position in the network's classes.
        class_after: the class of the shifted picture.
        before: probability of `class_before` for the picture as it is, 0 to 1.
        after: probability of `class_before` for the shifted picture.
        probability: probability of `class_after` for the shifted picture.
    """

    picture: int
    class_before: int
    class_after: int
    before: float
    after: float
    probability: float

    @property
    def fall(self) -> float:
        """By how much `class_before` lost; below 0 where it rose, but another class more."""
        return self.before - self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftFlips:
    """How often a network gives another class to a picture that is shifted.

    Attributes:
        down: by how many pixels of the network's input the picture is shifted; negative is up.
        right: likewise; negative is left.
        flips: pictures with another class than unshifted, of all.
        uncut: the same, of those whose garment was not cut off at the border by the shift; None
            for photographs, which lose a border with every shift, and where no garment is left.
        correct: pictures named correctly, of all; None where no correct class is known.
        worst: the worst of the flips; None if there are none.
    """

    down: int
    right: int
    flips: Proportion
    uncut: Proportion | None
    correct: Proportion | None
    worst: WorstFlip | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftedNetwork:
    """One network in the shift experiment.

    Attributes:
        network: its name in `NETWORKS`.
        samples: keys in `SAMPLES` of its pictures, by position; () for the 10,000 bundled garments
            of Fashion-MNIST, whose position is the one in `load_fashion("test")`.
        shifts: what was found for each shift.
    """

    network: str
    samples: tuple[str, ...]
    shifts: tuple[ShiftFlips, ...]

    def at(self, *, down: int = 0, right: int = 0) -> ShiftFlips:
        """Look up one shift.

        Raises:
            CnnCoreError: if it was not tried.
        """
        for one in self.shifts:
            if (one.down, one.right) == (down, right):
                return one
        raise CnnCoreError(f"A shift by {down} px down and {right} px right was not recorded.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftRecording:
    """The shift experiment: its card, and what was found for each network."""

    card: RunCard
    networks: tuple[ShiftedNetwork, ...]

    def of(self, network: str) -> ShiftedNetwork:
        """Look up one network by name.

        Raises:
            CnnCoreError: if it did not take part.
        """
        for one in self.networks:
            if one.network == network:
                return one
        raise CnnCoreError(f"Shifts of the pictures of {network} were not recorded.")
