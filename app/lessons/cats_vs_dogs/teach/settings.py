"""The settings of the view teach."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.session.control import Menu, Stops
from app.session.settings import Setting, by_key, named, one_of, read_all, whole_or_none
from cnn_core.taught_examples import TAUGHT_EXAMPLES

OWN = "own"
SETS = {**{key: one.title for key, one in TAUGHT_EXAMPLES.items()}, OWN: "Your own classes"}
"""What is taught: an example, or what the visitor brought; their names on the page."""
DECAYS = ("0.0001", "0.0003", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10")
DROPOUTS = ("0", "20", "50", "80")
COPIES = {"0": "none", "1": "1 changed copy", "3": "3 changed copies"}
MOST = ("2", "4", "8", "all")
MOST_CLASSES = 5
FOLLOWED = ("taught_decay", "taught_dropout")
"""What the answer follows while it is moved."""

SETTINGS: Mapping[str, Setting] = by_key(
    Setting(
        key="taught_set",
        name="classes",
        default="textures",
        read=named(SETS),
        control=Menu(label="Classes", options=tuple(SETS.items())),
    ),
    Setting(
        key="taught_decay",
        name="weight decay",
        default="0.01",
        read=one_of(*DECAYS),
        control=Stops(
            label="Weight decay",
            stops=DECAYS,
            help="How much large weights cost. More of it: smaller weights, less certain classes.",
        ),
    ),
    Setting(
        key="taught_dropout",
        name="dropout",
        default="0",
        read=one_of(*DROPOUTS),
        control=Stops(
            label="Dropout",
            stops=DROPOUTS,
            unit=" %",
            help="While the head is fitted, so many of the features of each picture are set to 0, "
            "drawn at random.",
        ),
    ),
    Setting(
        key="taught_most",
        name="pictures of each class",
        default="all",
        read=one_of(*MOST),
        control=Menu(
            label="Pictures a class",
            options=tuple((text, text) for text in MOST),
            help="The first pictures of each class are used.",
        ),
    ),
    Setting(
        key="taught_copies",
        name="augmentation",
        default="0",
        read=named(COPIES),
        control=Menu(
            label="Augmentation",
            options=tuple(COPIES.items()),
            help="Each picture is used together with copies that are mirrored, shifted and cut.",
        ),
    ),
    Setting(
        key="taught_class", name="explained class", default="", read=whole_or_none(0, MOST_CLASSES)
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachSettings:
    """What is taught and how, read and checked.

    Attributes:
        set: the key of an example, or `OWN`.
        decay: the weight decay.
        dropout: the share of the features that is dropped while a head is fitted, 0 to 0.8.
        most: how many pictures of each class are used; None for all.
        copies: how many changed copies of each picture are used with it.
        label: the class that is explained, None for the most probable one.
    """

    set: str
    decay: float
    dropout: float
    most: int | None
    copies: int
    label: int | None


def read_settings(texts: Mapping[str, object]) -> TeachSettings:
    """Read all settings; what is missing takes its default.

    Raises:
        CnnCoreError: if one is unknown or wrong.

    >>> read_settings({"taught_most": "4"}).most
    4
    """
    read = read_all(SETTINGS, texts, owner="Cats vs dogs")
    return TeachSettings(
        set=read["taught_set"],
        decay=float(read["taught_decay"]),
        dropout=int(read["taught_dropout"]) / 100,
        most=None if read["taught_most"] == "all" else int(read["taught_most"]),
        copies=int(read["taught_copies"]),
        label=read["taught_class"],
    )
