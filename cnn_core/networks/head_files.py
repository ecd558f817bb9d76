"""A taught head as two files: its numbers as safetensors, and a card in JSON that says of what."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import safetensors
import safetensors.numpy

from cnn_core.errors import CnnCoreError
from cnn_core.networks.class_names import plain_name
from cnn_core.networks.heads import Head
from cnn_core.networks.preparation import Preparation

_FORMAT = 1
MOST_BYTES = 2**20
MOST_CLASSES, MOST_NAME = 20, 40
_LARGEST = 1e30
"""No weight is larger: then sums with any features are finite numbers, in float32 too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadCard:
    """What a head was taught, and how well.

    Attributes:
        network: the key of the network whose features it reads.
        classes: the names of the classes, in the order of the rows.
        pictures: how many pictures of each class it was fitted to.
        right: how many of all pictures were named correctly by a head fitted to the others; None
            where that was not counted.
    """

    network: str
    classes: tuple[str, ...]
    pictures: tuple[int, ...]
    right: int | None = None


def write_head(head: Head, card: HeadCard, preparation: Preparation) -> tuple[bytes, str]:
    """Write a head as the bytes of a safetensors file and the text of its card.

    The card names the network, the classes, how a picture is prepared, the weight decay and the
    accuracy. The numbers are float64, so what is read is what was written.
    """
    total = sum(card.pictures)
    words = {
        "format": _FORMAT,
        "network": card.network,
        "classes": list(card.classes),
        "pictures": list(card.pictures),
        "preparation": {
            "size": list(preparation.size),
            "crop": preparation.crop,
            "offset": preparation.offset,
            "scale": preparation.scale,
        },
        "weight_decay": head.weight_decay,
        "loss": head.loss,
        "leave_one_out": None if card.right is None else {"right": card.right, "of": total},
    }
    numbers = {"weights": head.weights, "bias": head.bias}
    data = safetensors.numpy.save(
        {name: np.ascontiguousarray(one) for name, one in numbers.items()}
    )
    return data, json.dumps(words, indent=2, ensure_ascii=False) + "\n"


def read_head(data: bytes, card: str | bytes) -> tuple[Head, HeadCard]:
    """Read what `write_head` wrote.

    Raises:
        CnnCoreError: if one of the two is no such file, or they do not belong together.
    """
    if len(data) > MOST_BYTES or len(card) > MOST_BYTES:
        raise CnnCoreError("A head and its card are small files; this one has more than 1 MB.")
    try:
        words = json.loads(card)
    except (ValueError, RecursionError) as problem:
        raise CnnCoreError("The card is not a JSON text.") from problem
    weights, bias = _numbers(data)
    names, counts = _names(words), _counts(words)
    if not len(names) == len(counts) == len(weights):
        raise CnnCoreError(
            f"The card has {len(names)} classes and {len(counts)} counts of pictures, the weights "
            f"have {len(weights)} rows."
        )
    head = Head(
        weights=weights,
        bias=bias,
        weight_decay=_number(words, "weight_decay"),
        loss=_number(words, "loss"),
    )
    return head, HeadCard(
        network=str(words.get("network"))[:MOST_NAME],
        classes=names,
        pictures=counts,
        right=_right(words, sum(counts)),
    )


def _numbers(data: bytes) -> tuple[np.ndarray, np.ndarray]:
    """Read the weights, float64 (K, D), and the bias, float64 (K,)."""
    try:
        found = safetensors.numpy.load(data)
    except safetensors.SafetensorError as problem:
        raise CnnCoreError("The weights are not a safetensors file.") from problem
    except (KeyError, TypeError, ValueError) as problem:  # a type that NumPy does not have
        raise CnnCoreError(
            "The weights are not of the type float16, float32 or float64."
        ) from problem
    weights, bias = found.get("weights"), found.get("bias")
    if weights is None or bias is None or weights.ndim != 2 or bias.shape != weights.shape[:1]:
        raise CnnCoreError(
            "The file of weights holds no head: a row of weights and a bias a class."
        )
    if weights.dtype.kind != "f" or bias.dtype.kind != "f":
        raise CnnCoreError("The weights are not of the type float16, float32 or float64.")
    if not all((np.abs(one) <= _LARGEST).all() for one in (weights, bias)):  # nan is not, either
        raise CnnCoreError("A weight of this head is too large, or no number.")
    return weights.astype(np.float64), bias.astype(np.float64)


def _names(words: object) -> tuple[str, ...]:
    names = words.get("classes") if isinstance(words, dict) else None
    if not isinstance(names, list) or not 2 <= len(names) <= MOST_CLASSES:
        raise CnnCoreError(f"A card names from 2 to {MOST_CLASSES} classes.")
    for name in names:
        if not (isinstance(name, str) and name and plain_name(name, MOST_NAME) == name):
            raise CnnCoreError(
                f"The name of a class has 1 to {MOST_NAME} letters on one line, unlike "
                f"{str(name)[:MOST_NAME]!a}."
            )
    if len(set(names)) < len(names):
        raise CnnCoreError("Two classes of the card have the same name.")
    return tuple(names)


def _counts(words: dict[str, object]) -> tuple[int, ...]:
    counts = words.get("pictures")
    if not isinstance(counts, list) or not all(_is_count(one) for one in counts):
        raise CnnCoreError("A card says how many pictures of each class there were.")
    return tuple(counts)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**6


def _right(words: dict[str, object], total: int) -> int | None:
    found = words.get("leave_one_out")
    if found is None:
        return None
    right = found.get("right") if isinstance(found, dict) else None
    if not (isinstance(right, int) and _is_count(right) and right <= total):
        raise CnnCoreError(
            f"The card says how many of its {total} pictures were correct when they were left out."
        )
    return right


def _number(words: dict[str, object], name: str) -> float:
    """Read a number that is not below 0."""
    value = words.get(name)
    try:
        found = float(value) if isinstance(value, int | float) else np.nan
    except OverflowError:  # a whole number of hundreds of digits
        found = np.nan
    if isinstance(value, bool) or not 0 <= found < np.inf:
        raise CnnCoreError(f"The card gives no number from 0 for {name}.")
    return found
