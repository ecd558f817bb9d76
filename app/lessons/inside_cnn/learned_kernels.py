"""The kernels that a network learned first, beside the ready-made ones of the Kernel lab."""

import streamlit as st

from app.cached import cached_kernel_gallery
from app.lessons.inside_cnn.kernel_gallery import kernel_gallery
from app.session import state

GALLERY = "inside_cnn_gallery"
_TRIED = "gallery_tried"


def kernels_gallery(network: str) -> None:
    """Show the kernels of the first convolution; a click tries one in the Kernel lab."""
    frame = cached_kernel_gallery(network, dark=state.dark())
    if frame is None:
        return
    st.subheader("Kernels: learned and designed", anchor=False)
    kernel_gallery(frame, key=GALLERY, on_change=_try)
    if state.recall(_TRIED):
        state.keep(_TRIED, None)
        state.open_page("kernel_lab")


def _try() -> None:
    changes = state.component_value(GALLERY, "changes") or {}
    if "kernel" in changes:
        state.put({"kernel": changes["kernel"]})
        state.keep(_TRIED, True)
