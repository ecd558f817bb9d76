"""The kernels that a network learned first, beside the ready-made ones of the Kernel lab."""

import streamlit as st

from app.lessons.inside_cnn.cached import cached_kernel_gallery
from app.lessons.inside_cnn.kernel_gallery import kernel_gallery
from app.session import navigation, state

GALLERY = "inside_cnn_gallery"


def kernels_gallery(network: str) -> None:
    """Show the kernels of the first convolution; a click tries one in the Kernel lab."""
    frame = cached_kernel_gallery(network)
    if frame is None:
        return
    st.subheader("Kernels: learned, and designed by hand", anchor=False)
    kernel_gallery(frame, key=GALLERY, on_change=_try)
    navigation.follow()


def _try() -> None:
    changes = state.changes_of(GALLERY)
    if "kernel" in changes:
        state.put({"kernel": changes["kernel"]})
        navigation.go_to("kernel_lab")
