"""Pictures are numbers: pixels under the pointer, channels apart, the shape and what it means."""

import streamlit as st

from app.lessons.pictures.cached import (
    cached_channels,
    cached_histogram,
    cached_magnifier_blobs,
)
from app.lessons.pictures.channels import CHANNELS, magnifier_frame
from app.lessons.pictures.magnifier import magnifier
from app.lessons.pictures.settings import SETTINGS, read_settings
from app.session import link, state
from app.session.appearance import dark
from app.session.image_picker import current_picture, picture_of, picture_shortcuts
from app.session.picture import MIN_SIDE, Picture
from app.session.widgets import segmented
from cnn_core.images.changes import MiddleKept

MAGNIFIER = "pictures_magnifier"
STARTS = ("mandrill", "lecture_3x3", "vertical_edge", "zone_plate")


def show() -> None:
    """Draw the page."""
    picture_shortcuts(STARTS)
    picture = current_picture()
    magnified(picture.digest)
    channels_apart(picture.digest)
    what_the_shape_means(picture)


@st.fragment
def magnified(digest: str) -> None:
    """The picture, and the pixels under the pointer."""
    picture = picture_of(digest)
    settings = read_settings(state.texts(SETTINGS))
    frame = magnifier_frame(
        cached_magnifier_blobs(picture.digest, picture.pixels),
        version=picture.digest,
        name=picture.name,
        shape=picture.pixels.shape,
        view=settings.view,
        cells=settings.cells,
        at=_inside(settings.at, picture.pixels.shape),
    )
    magnifier(frame, key=MAGNIFIER, on_change=lambda: state.put(state.changes_of(MAGNIFIER)))
    link.publish("pictures")


def _inside(at: tuple[int, int] | None, shape: tuple[int, ...]) -> tuple[int, int] | None:
    """Return the held pixel if it lies in a picture of this shape; a link may name any."""
    return at if at and at[0] < shape[0] and at[1] < shape[1] else None


@st.fragment
def channels_apart(digest: str) -> None:
    """Red, green and blue as pictures, and how often each value occurs."""
    picture = picture_of(digest)
    st.subheader("Three channels", anchor=False)
    tinted = segmented("tint", "Show the channels", {"tinted": "tinted", "gray": "as brightness"})
    pictures = cached_channels(picture.digest, picture.pixels, tinted=tinted == "tinted")
    columns = st.columns(4)
    for column, name in zip(columns, CHANNELS, strict=False):
        column.image(pictures[name], caption=f"{name}: H × W numbers", width="stretch")
    with columns[3]:
        histogram = cached_histogram(picture.digest, picture.pixels, dark=dark())
        st.image(histogram, caption="how many pixels have each value", width="stretch")
    link.publish("pictures")


def what_the_shape_means(picture: Picture) -> None:
    """The shape with this picture's numbers in it, and what to try."""
    height, width, depth = picture.pixels.shape
    shape, notice, code = st.columns([3, 3, 4], gap="large")
    with shape:
        st.subheader("The shape", anchor=False)
        st.markdown(
            f"`(H, W, C) = ({height}, {width}, {depth})`: **{height}** rows, **{width}** columns, "
            f"**{depth}** channels. {height} × {width} × {depth} = "
            f"**{height * width * depth:,}** numbers, "
            "each from 0 (none of this color) to 255 (all of it)."
        )
    with notice:
        st.subheader("What to notice", anchor=False)
        st.markdown(
            "- Row first, then column, counted from the top left corner.\n"
            "- Gray is red, green and blue at the same value; white is 255 three times.\n"
            "- A pixel means little alone. Its neighbors make it an edge, a hair, an eye."
        )
    with code:
        st.subheader("The same in Python", anchor=False)
        name, loading = "load_image", 'load_image("picture.jpg")'
        if any(isinstance(change, MiddleKept) for change in picture.changes):
            name = "load_image_with_changes"
            loading = f'{name}("picture.jpg", min_side={MIN_SIDE}).pixels'
        st.code(
            f"from cnn_core.images import {name}\n\n"
            f"image = {loading}  # uint8\n"
            f"image.shape   # {picture.pixels.shape}\n"
            f"image[0, 0]   # {picture.pixels[0, 0].tolist()}\n"
            "red = image[:, :, 0]",
            language="python",
        )
