"""The pictures that are classified wrongly when left out, with what the wrong class comes from."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from html import escape

import cv2
import numpy as np
import streamlit as st

from app.caching import MIB, cached
from app.drawing.colors import css_gradient, signed
from app.drawing.encode import encode_jpeg
from app.lessons.cats_vs_dogs.held import TaughtPicture
from app.lessons.cats_vs_dogs.settings import NETWORK
from app.lessons.cats_vs_dogs.small_pictures import small_address
from app.lessons.cats_vs_dogs.teach.heads import TrainingRows, head_without
from app.lessons.cats_vs_dogs.teach.over_gray import over_gray
from app.lessons.cats_vs_dogs.teach.situation import TeachSituation
from app.networks.patience import asked, waited_for
from app.networks.work import Priority
from cnn_core.networks.attribution.head_map import head_map

MOST_SHOWN = 12
_SIDE = 112


def no_more() -> None:
    """Complete nothing."""


def wrong_pictures(on: TeachSituation) -> list[int]:
    """List the pictures that are classified wrongly when they are left out."""
    given = on.left_out.argmax(axis=1)
    return [at for at in range(len(given)) if given[at] != on.labels[at]]


def mistakes(on: TeachSituation) -> Callable[[], None]:
    """Show them; returns what lays over each, later, where its wrong class comes from."""
    if not on.can_leave_out:
        st.markdown("Each class needs two pictures.")
        return no_more
    wrong = wrong_pictures(on)
    if not wrong:
        st.markdown("None.")
        return no_more
    shown = wrong[:MOST_SHOWN]
    given = on.left_out.argmax(axis=1)
    words = [(at, f"→ {on.names[int(given[at])]}") for at in shown]
    keys = [(on.training, at, *on.leaving_out[1:], on.rows[at].picture) for at in shown]
    place, maps = st.empty(), [place_map.known(*key) for key in keys]
    place.html(strip(words, on, maps))
    more = f" The first {MOST_SHOWN} of {len(wrong)}." if len(wrong) > MOST_SHOWN else ""
    st.caption(
        "Below each: its class → the class that the head gave which was fitted to the others."
        f"{more} Beside it: what each place adds to the logit of that wrong class. What raises it "
        "is Grad-CAM of the class. Each picture has a color scale of its own."
    )
    st.html(
        '<div class="taught-scale"><span>lowers it</span>'
        f'<i style="background:{css_gradient("signed")}"></i><span>raises it</span></div>'
    )

    def complete() -> None:
        if all(one is not None for one in maps):
            return
        tickets = [asked(Priority.ATTRIBUTION, place_map, *key) for key in keys]
        place.html(strip(words, on, [waited_for(one) for one in tickets]))

    return complete


@cached(max_bytes=4 * MIB)
def place_map(
    rows: TrainingRows, at: int, decay: float, dropout: float, picture: TaughtPicture
) -> bytes:
    """Draw what each place of a picture adds to the class it is given when left out, as a JPEG.

    Raises:
        CnnCoreError: if the network cannot be had.
    """
    head = head_without(rows, at, decay, dropout)
    label = int(head.probabilities(rows.features[at]).argmax())
    values = head_map(head, _maps(picture), label).astype(np.float32)
    drawn = over_gray(signed(values).picture, picture.view)
    small = cv2.resize(drawn, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    return encode_jpeg(np.asarray(small))


def _maps(picture: TaughtPicture) -> np.ndarray:
    from cnn_core import networks
    from cnn_core.networks.features import feature_maps

    return feature_maps(networks.load(NETWORK), picture.view)


def strip(
    pictures: list[tuple[int, str]], on: TeachSituation, maps: Sequence[bytes | None] = ()
) -> str:
    """Write pictures side by side, with words below, and a map beside each where there are any."""
    figures = []
    for number, (at, words) in enumerate(pictures):
        row = on.rows[at]
        name, beside = escape(on.names[row.label]), ""
        if number < len(maps):
            drawn = maps[number]
            # In the page, not published: it shows the picture, and goes with the session.
            packed = b64encode(drawn or b"").decode()
            beside = (
                f'<img alt="Places" src="data:image/jpeg;base64,{packed}">'
                if drawn
                else '<span class="later">…</span>'
            )
        figures.append(
            f'<figure class="{"pair" if beside else ""}"><img alt="{escape(row.picture.name)}" '
            f'src="{small_address(row.picture)}">{beside}'
            f"<figcaption>{name} {escape(words)}</figcaption></figure>"
        )
    return f'<div class="taught-strip">{"".join(figures)}</div>'
