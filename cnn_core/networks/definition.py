"""A network as its own module writes it down: everything but the numbers it learned.

This module does not import torch, so that a page can list all networks before any is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cnn_core.layers import Layer
from cnn_core.networks.preparation import Preparation

if TYPE_CHECKING:
    from torch import Tensor

Subject = Literal["photographs", "garments"]
"""What a network was trained on: color photographs, or 28 x 28 gray garments of Fashion-MNIST."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassGroup:
    """Classes that are also reported together.

    Attributes:
        name: what they have in common, "cat".
        members: what each of them is, in the plural, "breeds of dogs".
        classes: their numbers.
    """

    name: str
    members: str
    classes: range


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A network before any weights are read, with what pages need to know of it.

    Attributes:
        name: what `load` is called with.
        title: its name for people.
        note: in a few words, what it tells apart.
        subject: what it was trained on, and so what it should be shown.
        layers: its layers in order, from the input to softmax.
        featured_layer: the layer to open first: its maps are worth looking at one by one.
        classes: gives the names of its classes.
        groups: classes to report together.
        preparation: how it wants its pictures.
        weights: reads its weights, by the names of `LayeredModule`.
    """

    name: str
    title: str
    note: str
    subject: Subject
    layers: tuple[Layer, ...]
    featured_layer: str
    classes: Callable[[], tuple[str, ...]]
    preparation: Preparation
    weights: Callable[[], Mapping[str, Tensor]]
    groups: tuple[ClassGroup, ...] = ()
