"""A taught last layer, for the states of Inside a CNN that have one."""

from functools import cache
from pathlib import Path

from app.lessons.cats_vs_dogs.teach.situation import situation
from app.networks.taught_head import TaughtHead, taught_head
from cnn_core.networks.head_files import HeadCard, write_head
from cnn_core.networks.models.registry import defined
from tests.app.guide.drawn import sample

NAMES = ("**Fur** $x$ <b>", "Brick")
"""The first one would be formatted if it were read as markup."""


@cache
def the_head() -> TaughtHead:
    """The head of the first example, with these names."""
    on = situation({}, sample("mandrill"))
    card = HeadCard(network="efficientnet_lite0", classes=NAMES, pictures=on.counts)
    return taught_head(on.head, card)


def write_head_files(folder: Path) -> None:
    """Write the two files that a program reads it from."""
    one = the_head()
    data, card = write_head(one.head, one.card, defined(one.card.network).preparation)
    (folder / "head.safetensors").write_bytes(data)
    (folder / "head.json").write_text(card, encoding="utf-8")
