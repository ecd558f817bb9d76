"""Run a network on a picture and keep what every layer says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from cnn_core.errors import CnnCoreError
from cnn_core.layers import check_unit
from cnn_core.networks.network import Network
from cnn_core.networks.preparation import Fit, Rectangle
from cnn_core.networks.unit_explanation import Unit

Maps = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trace:
    """The layers' outputs for one picture; `trace[layer]` gives one's, in the order of the layers.

    Attributes:
        network: the network that ran.
        view: what it saw, uint8 (H, W) or (H, W, 3), in its own size.
        frame: where that view lies on the picture that was given.
        outputs: by layer name, read-only float32 (C, H, W); a vector of K numbers is (K, 1, 1).
            `trace` keeps all layers', `quick_trace` those that it has in passing.
    """

    network: Network
    view: npt.NDArray[np.uint8]
    frame: Rectangle
    outputs: Mapping[str, Maps]

    def __getitem__(self, layer: str) -> Maps:
        """Give the maps of a layer, float32 (C, H, W).

        Raises:
            CnnCoreError: if the network has no such layer, or its outputs were not kept.
        """
        maps = self.outputs.get(self.network.layer(layer).name)
        if maps is None:
            raise CnnCoreError(f"The outputs of '{layer}' were not kept in this trace.")
        return maps

    def __iter__(self) -> Iterator[str]:
        """Go through the names of the layers, from the input on."""
        return iter(self.outputs)

    def __len__(self) -> int:
        """Count the layers."""
        return len(self.outputs)

    @property
    def input(self) -> Maps:
        """The picture in the network's value range, float32 (C, H, W)."""
        return self.outputs[self.network.layers[0].name]

    @property
    def logits(self) -> Maps:
        """The class scores before softmax, float32 (classes,)."""
        return self.outputs[self.network.layers[-1].inputs[0]][:, 0, 0]

    @property
    def scores(self) -> Maps:
        """The class probabilities, float32 (classes,), adding up to 1."""
        return self.outputs[self.network.layers[-1].name][:, 0, 0]

    def unit(self, layer: str, channel: int, row: int = 0, column: int = 0) -> Unit:
        """Point at one unit, with its value.

        Raises:
            CnnCoreError: if there is no such layer or unit.
        """
        check_unit(self.network.layer(layer), channel, row, column)
        value = float(self.outputs[layer][channel, row, column])
        return Unit(layer=layer, channel=channel, row=row, column=column, value=value)

    def on_picture(self, rows: tuple[int, int], columns: tuple[int, int]) -> Rectangle:
        """Place (first, end) rows and columns of the network's input on the picture given to it.

        With a receptive field's `visible` this frames what a unit sees, in the picture's pixels.
        """
        height, width = self.network.preparation.size
        tall, wide = self.frame.height / height, self.frame.width / width
        return Rectangle(
            top=self.frame.top + rows[0] * tall,
            left=self.frame.left + columns[0] * wide,
            height=(rows[1] - rows[0]) * tall,
            width=(columns[1] - columns[0]) * wide,
        )

    def top(self, count: int = 5) -> tuple[tuple[str, float], ...]:
        """Name the most probable classes with their probabilities, best first.

        Raises:
            CnnCoreError: if `count` is below 1.
        """
        if count < 1:
            raise CnnCoreError(f"At least 1 class can be named, not {count}.")
        best = np.argsort(-self.scores, kind="stable")[:count]
        return tuple((self.network.classes[k], float(self.scores[k])) for k in best)


def trace(network: Network, image: npt.NDArray[np.uint8], *, fit: Fit = "crop") -> Trace:
    """Run `network` on a uint8 (H, W) or (H, W, 3) picture of any size; keep every output.

    `fit` says how the picture is brought to the network's size, see `Preparation.frame`.

    Raises:
        CnnCoreError: if the array is no picture, or `fit` is not known.

    >>> from cnn_core.datasets import load_fashion
    >>> from cnn_core.networks import load
    >>> boot = trace(load("fashion_cnn"), load_fashion("test").images[0])
    >>> boot["pool1"].shape, boot.top(1)[0][0]
    ((16, 14, 14), 'Ankle boot')
    """
    preparation = network.preparation
    view = preparation.view(image, fit)
    with torch.inference_mode():
        outputs = network.module.outputs(preparation.tensor(view))
        maps = {name: as_maps(values) for name, values in outputs.items()}
    return Trace(
        network=network, view=view, frame=preparation.frame(image.shape, fit), outputs=maps
    )


def as_maps(values: Tensor) -> Maps:
    """Give the outputs for one picture, (1, C, H, W) or (1, K), as read-only (C, H, W)."""
    maps: Maps = values[0].reshape(values.shape[1], *(values.shape[2:] or (1, 1))).numpy()
    maps.setflags(write=False)
    return maps
