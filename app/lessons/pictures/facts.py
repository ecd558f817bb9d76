"""What a picture's numbers are as a whole: extremes, means, how many are equal."""

from dataclasses import dataclass

import numpy as np

from cnn_core.images import histogram


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PictureFacts:
    """Counts over a whole picture, made once for each.

    Attributes:
        counts: int64 (3, 256), how many pixels have each value, for each channel.
        gray_pixels: at how many pixels red, green and blue are equal.
        brightest: row and column of the first pixel with the largest sum of its three values.
    """

    counts: np.ndarray
    gray_pixels: int
    brightest: tuple[int, int]

    @property
    def pixels(self) -> int:
        """How many pixels there are."""
        return int(self.counts[0].sum())

    @property
    def means(self) -> np.ndarray:
        """The mean of each channel, float64 (3,)."""
        means: np.ndarray = self.counts @ np.arange(256) / self.pixels
        return means

    @property
    def smallest(self) -> int:
        """The smallest of all values."""
        return int(np.flatnonzero(self.counts.sum(axis=0))[0])

    @property
    def largest(self) -> int:
        """The largest of all values."""
        return int(np.flatnonzero(self.counts.sum(axis=0))[-1])

    def share(self, value: int) -> float:
        """Return the share of all values, of the three channels, that are `value`."""
        return float(self.counts[:, value].sum() / self.counts.sum())


def picture_facts(image: np.ndarray) -> PictureFacts:
    """Count what is in a picture, uint8 (H, W, 3).

    >>> facts = picture_facts(np.array([[[0, 0, 0], [255, 255, 0]]], np.uint8))
    >>> facts.means.tolist(), facts.gray_pixels, facts.brightest, facts.share(0)
    ([127.5, 127.5, 0.0], 1, (0, 1), 0.6666666666666666)
    """
    red, green, blue = (image[:, :, at] for at in range(3))
    total = red.astype(np.uint16) + green + blue
    row, column = divmod(int(total.argmax()), image.shape[1])
    return PictureFacts(
        counts=histogram(image),
        gray_pixels=int(((red == green) & (green == blue)).sum()),
        brightest=(row, column),
    )
