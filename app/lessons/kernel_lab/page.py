"""Kernel lab: paint a kernel and watch the picture change."""

import os
import threading

import streamlit as st

from app.browser.controls import controls
from app.drawing.frame import pack
from app.lessons.kernel_lab.cached import cached_lab_frame, cached_preset_sheet
from app.lessons.kernel_lab.controls import control_rows
from app.lessons.kernel_lab.kernel_edits import commit_changes
from app.lessons.kernel_lab.kernel_painter import kernel_painter
from app.lessons.kernel_lab.live_view import live_view
from app.lessons.kernel_lab.notes import lab_notes, lab_sizes
from app.lessons.kernel_lab.preset_sheet import preset_frame
from app.lessons.kernel_lab.preset_strip import preset_strip
from app.lessons.kernel_lab.settings import SETTINGS, read_settings
from app.live.image_store import picture_url
from app.session import link, navigation, state
from app.session.explained import explained
from app.session.image_picker import current_picture, picture_of
from app.session.picture import Picture

LAB = "kernel_lab"
STRIP, PAINTER, CONTROLS, VIEW = "lab_strip", "lab_painter", "lab_controls", "lab_view"
# Where a class lets go of its brushes all at once, as many are served at a time as there are
# processors: each is done sooner than all would be side by side.
IN_TURN = threading.BoundedSemaphore(os.cpu_count() or 1)


def show() -> None:
    """Draw the page."""
    laboratory(current_picture().digest)


@st.fragment
def laboratory(digest: str) -> None:
    """The part that a finished stroke reruns."""
    with IN_TURN:
        _draw(picture_of(digest))  # where a camera picture was kept, the sidebar has to show it too


def _draw(picture: Picture) -> None:
    navigation.follow()  # to Step by step
    texts = state.texts(SETTINGS)
    settings = read_settings(texts)

    sheet = cached_preset_sheet(picture.digest, picture.pixels)
    preset_strip(
        preset_frame(sheet, version=picture.digest, lab=LAB),
        key=STRIP,
        on_change=lambda: commit_changes(STRIP),
    )

    with st.container(key="lab_stage"):
        kernel, view = st.columns([3, 8], gap="small")
    with kernel:
        kernel_painter(
            settings.kernel,
            lab=LAB,
            key=PAINTER,
            on_change=lambda: commit_changes(PAINTER),
        )
    with view:
        controls(
            control_rows(settings.kernel, texts),
            lab=LAB,
            key=CONTROLS,
            formula=settings.kernel.formula,
            layout="line",
            on_change=lambda: commit_changes(CONTROLS),
        )
        with explained():
            chosen = tuple(sorted(texts.items()))
            header, blobs = cached_lab_frame(chosen, picture.digest, picture.pixels)
            whose = {
                "lab": LAB,
                "token": picture.token,
                "picture": "" if settings.layer.combine == "gray" else picture_url(picture.token),
                "version": f"{picture.digest}{chosen}",
            }
            live_view(
                pack({**header, **whose}, blobs), key=VIEW, on_change=lambda: commit_changes(VIEW)
            )
        with st.container(key="below_pictures"), explained():
            lab_sizes(picture, settings)

    link.publish(LAB)
    with st.container(key="below_stage"), explained():
        lab_notes(picture, settings)
