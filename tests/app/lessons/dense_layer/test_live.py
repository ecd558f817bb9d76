"""What the live channel answers for Why not a dense layer?, held against cnn_core and PyTorch."""

import json

import numpy as np
import pytest
import torch

from app.drawing.frame import unpack
from app.lessons.dense_layer.live import (
    CostsQuestion,
    CoverBothQuestion,
    ShuffleQuestion,
    answer_costs,
    answer_cover_both,
    answer_shuffle,
)
from app.lessons.dense_layer.shuffling import order_of
from app.live.image_store import STORE
from app.live.messages import Reader
from cnn_core.datasets import FASHION_CLASSES, load_fashion
from cnn_core.errors import CnnCoreError
from cnn_core.images import load_image
from cnn_core.networks import load
from cnn_core.samples import load_sample

READER = Reader([CostsQuestion, CoverBothQuestion, ShuffleQuestion])
ANSWERS = {"layer_costs": answer_costs, "cover_both": answer_cover_both, "shuffle": answer_shuffle}


def asked(kind: str, **entries: object) -> tuple[dict, dict[str, bytes]]:
    question = {"kind": kind, "sequence": 5, **entries}
    question.setdefault("token", STORE.put(load_sample("mandrill")))
    return unpack(ANSWERS[kind](READER.read(json.dumps(question), None)))


def probabilities(network: str, pixels: np.ndarray) -> np.ndarray:
    """What PyTorch computes from the network's weights alone."""
    with torch.inference_mode():
        logits = load(network).module(torch.from_numpy(pixels[None, None] / np.float32(255)))
    return torch.softmax(logits, dim=1)[0].numpy()


def boot() -> np.ndarray:
    return load_fashion("test").images[0]


def assert_card(card: dict, before: np.ndarray, after: np.ndarray) -> None:
    assert card["rows"]
    for row in card["rows"]:
        at = row["channel"]
        assert row["name"] == FASHION_CLASSES[at]
        assert row["before"] == pytest.approx(float(before[at]), abs=1e-4)
        assert row["after"] == pytest.approx(float(after[at]), abs=1e-4)
    assert int(after.argmax()) in [row["channel"] for row in card["rows"]]


def test_both_networks_name_the_covered_garment() -> None:
    header, _ = asked("cover_both", square=[1, 3, 8])
    covered = boot().copy()
    covered[1:9, 3:11] = 127
    assert header["sequence"] == 5
    assert [card["key"] for card in header["cards"]] == ["fashion_mlp", "fashion_cnn"]
    for card in header["cards"]:
        key = card["key"]
        assert_card(card, probabilities(key, boot()), probabilities(key, covered))


@pytest.mark.parametrize(("share", "block"), [("100", "1"), ("35", "1"), ("100", "7")])
def test_every_network_names_the_shuffled_garment(share: str, block: str) -> None:
    header, blobs = asked("shuffle", settings={"shuffle_share": share, "shuffle_block": block})
    order = order_of(int(share), int(block))
    shuffled = boot().ravel()[order].reshape(28, 28)
    np.testing.assert_array_equal(load_image(blobs["shuffled"])[..., 0], shuffled)
    assert header["moved"].startswith(f"{(order != np.arange(784)).sum()} of 784")
    cards = {card["key"]: card for card in header["cards"]}
    for key in ("fashion_mlp", "fashion_cnn"):
        after = probabilities(key, shuffled)
        assert_card(cards[key], probabilities(key, boot()), after)
        assert cards[key]["named"] == FASHION_CLASSES[after.argmax()]
        assert cards[key]["right"] == (after.argmax() == 9)


def test_costs_are_those_of_pytorchs_layers() -> None:
    settings = {"dense_width": "20", "dense_height": "10", "dense_channels": "3"}
    header, _ = asked("layer_costs", settings={**settings, "dense_units": "4", "dense_kernel": "5"})
    layers = [
        torch.nn.Linear(600, 4, device="meta"),
        torch.nn.Conv2d(3, 4, 5, device="meta"),
    ]
    for shown, layer in zip(header["costs"]["layers"], layers, strict=True):
        assert shown["parameters"] == f"{sum(one.numel() for one in layer.parameters()):,}"
        assert 0 < shown["at"] < 1


@pytest.mark.parametrize(
    ("kind", "entries"),
    [
        ("cover_both", {"square": [1, 2]}),
        ("cover_both", {"square": [0, 0, 0]}),
        ("cover_both", {"square": [21, 0, 8]}),
        ("cover_both", {"square": [-1, 0, 8]}),
        ("cover_both", {}),
        ("shuffle", {"settings": {"shuffle_block": "3"}}),
        ("shuffle", {"settings": {"shuffle_share": "101"}}),
        ("shuffle", {"token": "nobody's"}),
        ("layer_costs", {"settings": {"dense_kernel": "4"}}),
        ("layer_costs", {"settings": {"dense_width": "0"}}),
        ("layer_costs", {"settings": {"unknown": "1"}}),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_in_a_sentence(kind, entries) -> None:
    with pytest.raises(CnnCoreError, match=r"\.$"):
        asked(kind, **entries)
