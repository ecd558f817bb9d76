"""Pictures are numbers: pixels under the pointer, channels apart, what the numbers are."""

import numpy as np
import streamlit as st

from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.pictures.cached import (
    cached_channels,
    cached_histogram,
    cached_histogram_svg,
    cached_magnifier_blobs,
)
from app.lessons.pictures.channels import CHANNELS, magnifier_frame
from app.lessons.pictures.guide import GUIDE
from app.lessons.pictures.magnifier import magnifier
from app.lessons.pictures.settings import SETTINGS, TINTS, read_settings
from app.lessons.pictures.situation import PicturesSituation
from app.session import link, state
from app.session.appearance import classroom, dark
from app.session.image_picker import current_picture, picture_of, picture_shortcuts
from app.session.widgets import segmented

MAGNIFIER = "pictures_magnifier"
STARTS = ("mandrill", "lecture_3x3", "vertical_edge", "zone_plate")


def show() -> None:
    """Draw the page."""
    picture_shortcuts(STARTS)
    numbers(current_picture().digest)


@st.fragment
def numbers(digest: str) -> None:
    """The part that a choice in the magnifier reruns; pictures and chart are made once."""
    on = PicturesSituation(
        settings=read_settings(state.texts(SETTINGS)),
        picture=picture_of(digest),
        classroom=classroom(),
    )
    magnified(on)
    link.publish("pictures")
    with st.container(key="below_stage"):
        channels_apart(on)
        below(on)


def magnified(on: PicturesSituation) -> None:
    """The picture, and the pixels under the pointer."""
    picture = on.picture
    frame = magnifier_frame(
        cached_magnifier_blobs(picture.digest, picture.pixels),
        version=picture.digest,
        name=picture.name,
        shape=picture.pixels.shape,
        view=on.settings.view,
        cells=on.cells,
        at=on.held,
        classroom=on.classroom,
    )
    magnifier(frame, key=MAGNIFIER, on_change=lambda: state.put(state.changes_of(MAGNIFIER)))


def channels_apart(on: PicturesSituation) -> None:
    """Red, green and blue as pictures, and how often each value occurs."""
    digest, pixels = on.picture.digest, on.picture.pixels
    st.subheader("Three channels", anchor=False)
    tinted = segmented("tint", "Show the channels", TINTS)
    pictures = cached_channels(digest, pixels, tinted=tinted == "tinted")
    height, width = on.size
    with st.container(key="channels_apart"):
        columns = st.columns([3, 3, 3, 4])
    for at, (column, name) in enumerate(zip(columns, CHANNELS, strict=False)):
        caption = f"{name}, X[:, :, {at}]: {height} × {width} values"
        alt = f"The {name} channel of {on.picture.name}"
        column.image(pictures[name], caption=caption, alt=alt, width="stretch")
    with columns[3]:
        _histogram(digest, pixels)


def _histogram(digest: str, pixels: np.ndarray) -> None:
    about = "Histogram: how many pixels have each value, for red, green and blue"
    if st.toggle("Histogram with a pointer", key="pictures_pointed_at"):
        st.plotly_chart(
            cached_histogram(digest, pixels),
            key="pictures_histogram",
            config={"displayModeBar": False},
            alt=about,
        )
    else:
        st.image(cached_histogram_svg(digest, pixels, dark=dark()), alt=about, width="stretch")
    st.caption(f"{about}.")


def below(on: PicturesSituation) -> None:
    """What to notice, what to try, the same as programs."""
    notice_and_try(GUIDE, on, widths=(6, 5))
    the_same_as_a_program(GUIDE.programs(on))
