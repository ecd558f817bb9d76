"""Every cache of the app, keyed by digest: Streamlit only samples large arrays when it hashes."""

import base64
from typing import Any

import numpy as np
import streamlit as st

from app.drawing.colors import activation
from app.drawing.encode import at_least, encode_for_screen, encode_png
from app.drawing.frame import Blob
from app.drawing.numbers import number_text
from app.lessons.inside_cnn.frame import garment_blob, network_facts, picture_blob, view_on
from app.lessons.inside_cnn.gallery_frame import gallery_frame
from app.lessons.kernel_lab import settings as kernel_lab
from app.lessons.kernel_lab.frame import Frame, lab_frame
from app.lessons.kernel_lab.preset_sheet import preset_sheet
from app.lessons.pictures.channels import channel_pictures, histogram_svg, magnifier_blobs
from app.lessons.step_by_step import settings as step_by_step
from app.lessons.step_by_step.scene import make_scene
from app.lessons.step_by_step.scene.parts import Scene
from cnn_core.kernels import frequency_response
from cnn_core.kernels.choice import parse_kernel_choice


@st.cache_data(max_entries=64, show_spinner=False)
def cached_preset_sheet(digest: str, _image: np.ndarray, *, dark: bool) -> bytes:
    """Return the sheet of presets for a picture, drawn once for each picture and theme."""
    return preset_sheet(_image, dark=dark)


@st.cache_data(max_entries=64, show_spinner=False)
def cached_magnifier_blobs(digest: str, _image: np.ndarray) -> list[Blob]:
    """Return a picture packed without loss, for the magnifier."""
    return magnifier_blobs(_image)


@st.cache_data(max_entries=64, show_spinner=False)
def cached_channels(digest: str, _image: np.ndarray, *, tinted: bool) -> dict[str, bytes]:
    """Return the three channels of a picture as pictures."""
    return channel_pictures(_image, tinted=tinted)


@st.cache_data(max_entries=64, show_spinner=False)
def cached_histogram(digest: str, _image: np.ndarray, *, dark: bool) -> str:
    """Return the histogram of a picture as SVG."""
    return histogram_svg(_image, dark=dark)


@st.cache_data(max_entries=32, show_spinner=False)
def cached_lab_frame(
    settings: tuple[tuple[str, str], ...], digest: str, _image: np.ndarray, *, dark: bool
) -> Frame:
    """Return what the Kernel lab shows: a class that follows its teacher sees the same few."""
    texts = dict(settings)
    return lab_frame(_image, kernel_lab.read_settings(texts), texts, dark=dark)


@st.cache_data(max_entries=32, show_spinner=False)
def cached_walk_scene(texts: tuple[tuple[str, str], ...], digest: str, _image: np.ndarray) -> Scene:
    """Return a whole walk, computed and printed; `texts` are the settings of Step by step."""
    return make_scene(step_by_step.read_settings(dict(texts)), _image)


@st.cache_data(max_entries=64, show_spinner=False)
def cached_preview(digest: str, _image: np.ndarray) -> bytes:
    """Return the picture for the sidebar; `st.image` would pack the array anew in every run."""
    return encode_for_screen(at_least(_image))[0]


@st.cache_data(max_entries=256, show_spinner=False)
def cached_frequencies(kernel_text: str) -> tuple[str, str]:
    """Return a kernel's frequency response as the source of an image, and its largest factor.

    The picture stands in the source itself: a file of Streamlit's would be gone before the browser
    asked for it, where a kernel changes faster than that.
    """
    response = frequency_response(parse_kernel_choice(kernel_text).weights, size=96)
    shown = activation(response.astype(np.float32))
    picture = base64.b64encode(encode_png(shown.picture)).decode()
    return f"data:image/png;base64,{picture}", number_text(shown.high)


@st.cache_data(max_entries=8, show_spinner="Loading the network …")
def cached_network_facts(network: str) -> dict[str, Any]:
    """Return what a page needs to draw a network, by its key in `cnn_core.networks.NETWORKS`."""
    from cnn_core.networks import load  # torch, only where a network is shown

    return network_facts(load(network))


@st.cache_data(max_entries=64, show_spinner=False)
def cached_network_view(network: str, shape: tuple[int, ...]) -> list[float]:
    """Return where a network's view lies on a picture of this shape."""
    from cnn_core.networks import load

    return view_on(load(network), shape)


@st.cache_data(max_entries=32, show_spinner=False)
def cached_explorer_blobs(digest: str, _image: np.ndarray) -> list[Blob]:
    """Return the pictures that the network explorer shows: the photograph, and the garments."""
    return [picture_blob(_image), garment_blob()]


@st.cache_data(max_entries=8, show_spinner=False)
def cached_kernel_gallery(network: str, *, dark: bool) -> bytes | None:
    """Return a network's first kernels beside presets, None if it has no convolution."""
    from cnn_core.networks import load

    found = load(network)
    first = next((layer for layer in found.layers if layer.kind == "conv"), None)
    weights = found.weights(first.name) if first else None
    if weights is None:
        return None
    return gallery_frame(np.ascontiguousarray(weights), version=f"{network}{dark}", dark=dark)
