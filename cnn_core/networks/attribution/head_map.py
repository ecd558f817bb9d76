"""Where in the picture a taught class comes from: its logit, split over the places of the maps."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cnn_core.errors import CnnCoreError
from cnn_core.networks.heads import Head


def head_map(head: Head, maps: npt.NDArray[np.floating], label: int) -> npt.NDArray[np.float64]:
    """Split the logit of a taught class over the places of the last maps.

    A feature is the mean of a map, so a logit is a mean of weighted sums, one for each place. The
    values and the bias add up to the logit exactly. They are the sums that Grad-CAM weights
    and cuts off at zero, without a way back through the network: the gradient of the logit by every
    unit of a map is the map's weight divided by the number of places.

    Source: Zhou et al., "Learning Deep Features for Discriminative Localization", 2016.

    Args:
        head: a taught last layer for D features.
        maps: (D, h, w), whose means over the places are the features.
        label: the number of the class.

    Returns:
        (h, w); negative where a place lowers the logit.

    Raises:
        CnnCoreError: if the maps are not as many as the features, or there is no such class.
    """
    classes, numbers = head.weights.shape
    if maps.ndim != 3 or maps.shape[0] != numbers:
        raise CnnCoreError(f"This head reads {numbers} maps, not an array of shape {maps.shape}.")
    if not 0 <= label < classes:
        raise CnnCoreError(f"This head has classes 0 to {classes - 1}, not {label}.")
    places = maps.shape[1] * maps.shape[2]
    found: npt.NDArray[np.float64] = np.tensordot(
        head.weights[label], np.asarray(maps, np.float64), axes=1
    )
    found /= places
    return found
