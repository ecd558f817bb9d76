"""The first layers of both networks, computed without torch, which takes seconds to import.

Arrays are as `cnn_core` has them; pictures are the networks' input, gray values divided by 255.
"""

from dataclasses import dataclass

import numpy as np

from app.caching import MIB, cached
from app.lessons.dense_layer.settings import CNN, DENSE
from cnn_core.convolution import convolve
from cnn_core.networks.models.fashion import PREPARATION
from cnn_core.networks.weights import read_weight_arrays
from cnn_core.unrolling import unroll


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FirstLayers:
    """What the first layers have learned.

    Attributes:
        neurons: float32 (128, 784), the weights of each neuron of the dense network.
        biases: float32 (128,).
        kernels: float32 (16, 3, 3), the kernels of the convolutional network.
    """

    neurons: np.ndarray
    biases: np.ndarray
    kernels: np.ndarray


@cached(max_bytes=MIB)
def first_layers() -> FirstLayers:
    """Return the weights of both first layers.

    Raises:
        DataMissingError: if a file is missing.
    """
    dense, cnn = read_weight_arrays(DENSE), read_weight_arrays(CNN)
    return FirstLayers(
        neurons=dense["parts.dense1.weight"],
        biases=dense["parts.dense1.bias"],
        kernels=cnn["parts.conv1a.weight"][:, 0],
    )


def network_view(pixels: np.ndarray) -> np.ndarray:
    """Reduce a picture, uint8 (H, W[, 3]), to the 28 x 28 gray pixels that the networks see."""
    return PREPARATION.view(pixels)


def neuron_outputs(view: np.ndarray) -> np.ndarray:
    """Compute what each neuron of the dense layer outputs, before ReLU: float32 (128,)."""
    layers = first_layers()
    return np.asarray(layers.neurons @ unroll(_scaled(view)) + layers.biases)


def unit_outputs(view: np.ndarray, kernel: int) -> np.ndarray:
    """Compute what the units of one map of the first convolution output: float32 (28, 28)."""
    return convolve(_scaled(view), first_layers().kernels[kernel])


def _scaled(view: np.ndarray) -> np.ndarray:
    scaled = (view.astype(np.float32) - PREPARATION.offset) / PREPARATION.scale
    return scaled.astype(np.float32)
