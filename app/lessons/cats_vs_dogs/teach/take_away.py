"""What can be taken away: the head with its card, a program that uses it, the pictures."""

import io
import re
import zipfile

import cv2
import streamlit as st

from app.drawing.numbers import probability_text
from app.guide.programs import picture_lines, program_text
from app.lessons.cats_vs_dogs.collection import TaughtClasses
from app.lessons.cats_vs_dogs.settings import NETWORK
from app.lessons.cats_vs_dogs.taught_features import asked_picture
from app.lessons.cats_vs_dogs.teach.situation import TeachSituation
from app.networks.patience import computed
from app.networks.work import Priority
from app.session.explained import explained
from app.session.link_notice import escape_markdown
from cnn_core.errors import CnnCoreError
from cnn_core.networks.head_files import HeadCard, read_head, write_head
from cnn_core.networks.heads import Head
from cnn_core.networks.models import registry

_NOT_IN_NAMES = re.compile(r"[^\w -]")


def take_away(on: TeachSituation) -> None:
    """Offer the files, and take those of another day."""
    st.subheader("Take it away", anchor=False)
    if on.can_fit:
        _files(on)
    files = st.file_uploader(
        "Use a head that was taken away: its two files (safetensors and JSON)",
        key="taught_head_files",
        accept_multiple_files=True,
    )
    if not files:
        return
    if len(files) == 1:
        st.caption("A head is two files. The other one is still lacking.")
        return
    with explained():
        head, card = imported([(one.name, one.getvalue()) for one in files])
        computed(Priority.TRACE, asked_picture, on.shown)
        st.markdown(imported_text(on, head, card))


def _files(on: TeachSituation) -> None:
    data, card = head_files(on)
    with st.container(horizontal=True):
        for label, content, name in (
            ("Head (safetensors)", data, "head.safetensors"),
            ("Card (JSON)", card, "head.json"),
            ("Program (Python)", program(on), "use_head.py"),
        ):
            st.download_button(label, content, name, key=f"taught_{name}", on_click="ignore")
        # Made when it is asked for: 500 pictures take seconds.
        st.download_button(
            "Pictures (zip)",
            lambda: pictures_zip(on.classes),
            "pictures.zip",
            key="taught_pictures.zip",
            on_click="ignore",
        )
    st.caption(
        "The pictures are in the zip as the network is shown them, with 224 × 224 pixels. The card "
        "has the names of the classes and how a picture is prepared"
        + (", and how many were correct when left out." if on.can_leave_out else ".")
    )


def head_files(on: TeachSituation) -> tuple[bytes, str]:
    """Write the head and its card."""
    right = on.proportion.successes if on.can_leave_out else None
    card = HeadCard(network=NETWORK, classes=on.names, pictures=on.counts, right=right)
    return write_head(on.head, card, registry.defined(NETWORK).preparation)


def program(on: TeachSituation) -> str:
    """Write a complete program that asks the head for the picture in use."""
    imports, loading = picture_lines(on.picture)
    return program_text(
        ["from pathlib import Path"],
        sorted(
            [
                *imports,
                "from cnn_core.networks import load",
                "from cnn_core.networks.features import features",
                "from cnn_core.networks.head_files import read_head",
            ]
        ),
        [
            *loading,
            'files = Path("head.safetensors"), Path("head.json")  # beside this program',
            "head, card = read_head(files[0].read_bytes(), files[1].read_text(encoding='utf-8'))",
            "found = next(features(load(card.network), [image]))[0]  # 1280 numbers",
            "for name, share in zip(card.classes, head.probabilities(found), strict=True):",
            "    print(name, share)",
        ],
    )


def pictures_zip(classes: TaughtClasses) -> bytes:
    """Pack the pictures, a folder for each class, without loss."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as file:
        for at, one in enumerate(classes, start=1):
            folder = f"{at} {_NOT_IN_NAMES.sub('_', one.name)}"
            for number, picture in enumerate(one.pictures, start=1):
                _, data = cv2.imencode(".png", cv2.cvtColor(picture.view, cv2.COLOR_RGB2BGR))
                # Without the time: of equal files the server keeps one.
                named = zipfile.ZipInfo(f"{folder}/{number:03}.png")
                file.writestr(named, data.tobytes())
    return packed.getvalue()


def imported_text(on: TeachSituation, head: Head, card: HeadCard) -> str:
    """Say what an imported head makes of the picture in use."""
    shares = head.probabilities(on.asked.features)
    rows = [
        f"| {escape_markdown(name)} | {probability_text(float(share))} |"
        for name, share in zip(card.classes, shares, strict=True)
    ]
    known = ""
    if card.right is not None:
        known = f" When it was taken away, {card.right} of {sum(card.pictures)} were correct."
    words = f"The imported head for your picture.{known}"
    return "\n".join([words, "", "| Class | Probability |", "|:--|--:|", *rows])


def imported(files: list[tuple[str, bytes]]) -> tuple[Head, HeadCard]:
    """Read a head from its two files, in any order.

    Raises:
        CnnCoreError: if these are not the two files, or the head is for another network.
    """
    cards = [data for name, data in files if name.lower().endswith(".json")]
    weights = [data for name, data in files if name.lower().endswith(".safetensors")]
    if len(cards) != 1 or len(weights) != 1:
        raise CnnCoreError("A head is two files: one ends in .safetensors, the other in .json.")
    head, card = read_head(weights[0], cards[0])
    if card.network != NETWORK or head.weights.shape[1] != 1280:
        raise CnnCoreError(f"This head reads the features of another network than {NETWORK}.")
    return head, card
