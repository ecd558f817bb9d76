"""The settings of the view "Masks" as flat text, and what they mean once read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.lessons.dropout.shared_settings import CONVENTIONS, KEEP, MASK
from app.session.settings import Setting, by_key, named, read_all
from cnn_core.dropout import Convention
from cnn_core.dropout_network import SIZES
from cnn_core.errors import CnnCoreError, quoted

MODES = {"train": "model.train()", "eval": "model.eval()"}
SHARES = {"element": "Dropout: values", "map": "Dropout2d: maps"}
_NEURON = re.compile("([1-9]),([0-9])")


def read_neuron(text: str) -> tuple[int, int]:
    """Read which neuron is followed: its layer from 1 on, and its place from 0 on.

    Raises:
        CnnCoreError: if there is no such neuron.

    >>> read_neuron("3,2")
    (3, 2)
    """
    if found := _NEURON.fullmatch(text):
        layer, place = int(found[1]), int(found[2])
        if layer < len(SIZES) and place < SIZES[layer]:
            return layer, place
    raise CnnCoreError(f"it is a layer from 1 and a place in it, as in 3,2, not {quoted(text)}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MasksSettings:
    """All settings of the view, read and checked.

    Attributes:
        keep: the probability that a neuron is present.
        mask: which mask is drawn, from 0 on.
        training: whether neurons are dropped at all.
        convention: where the scale is.
        whole_maps: whether a map is dropped as a whole.
        neuron: the neuron whose sum is written out: its layer from 1 on, its place from 0 on.
    """

    keep: float
    mask: int
    training: bool
    convention: Convention
    whole_maps: bool
    neuron: tuple[int, int]


SETTINGS: Mapping[str, Setting] = by_key(
    KEEP,
    MASK,
    Setting(key="drop_mode", name="mode of the network", default="train", read=named(MODES)),
    Setting(key="drop_convention", name="convention", default="inverted", read=named(CONVENTIONS)),
    Setting(key="drop_maps", name="dropout of maps", default="element", read=named(SHARES)),
    Setting(key="drop_neuron", name="neuron", default="3,0", read=read_neuron),
)


def read_settings(texts: Mapping[str, object]) -> MasksSettings:
    """Read all settings; what is missing takes its default, what is unknown or wrong is refused.

    Raises:
        CnnCoreError: names the setting and says what it may be.

    >>> read_settings({"drop_mode": "eval"}).training
    False
    """
    read = read_all(SETTINGS, texts, owner="Masks")
    return MasksSettings(
        keep=read["drop_keep"],
        mask=read["drop_mask"],
        training=read["drop_mode"] == "train",
        convention=read["drop_convention"],
        whole_maps=read["drop_maps"] == "map",
        neuron=read["drop_neuron"],
    )
