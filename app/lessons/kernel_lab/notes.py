"""Around the pictures of the Kernel lab: sizes, what to notice, PyTorch, downloads."""

import inspect
import io

import numpy as np
import streamlit as st

from app.drawing.encode import encode_png
from app.drawing.numbers import shape_text
from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.kernel_lab.activation_card import activation_card
from app.lessons.kernel_lab.cached import cached_frequencies
from app.lessons.kernel_lab.frame import RESPONSE, color_response
from app.lessons.kernel_lab.frequency_caption import frequency_caption
from app.lessons.kernel_lab.guide import GUIDE
from app.lessons.kernel_lab.settings import KernelLabSettings
from app.lessons.kernel_lab.situation import KernelLabSituation
from app.lessons.kernel_lab.sizes import size_lines
from app.session.appearance import dark
from app.session.picture import Picture
from cnn_core import activations
from cnn_core.convolution import convolve_stepwise, plan
from cnn_core.feature_map import convolution_arguments, output_shape, respond

_STEPWISE = inspect.getsource(convolve_stepwise)
_WAYS = {
    "separable": "two passes, one vertical and one horizontal",
    "direct": "the products of each window are added",
    "fourier": "a product of Fourier transforms, which is fast for large kernels",
}


def lab_notes(picture: Picture, settings: KernelLabSettings) -> None:
    """Show the explanations that belong to these settings."""
    on = KernelLabSituation(settings=settings, picture=picture)

    def beside() -> None:
        _frequency(settings)
        _activation(settings)

    notice_and_try(GUIDE, on, widths=(5, 5, 3), beside=beside)
    the_same_as_a_program(
        GUIDE.programs(on),
        {
            "How it is computed here": lambda: _source(picture, settings),
            "Download": lambda: _downloads(picture, settings),
        },
    )


def lab_sizes(picture: Picture, settings: KernelLabSettings) -> None:
    """Show how large the response is and why, and how much such a layer has to learn."""
    # One element, not five: each costs a message to every reader at every stroke.
    st.markdown("\n\n".join(size_lines(picture.pixels, settings.layer)))


def _frequency(settings: KernelLabSettings) -> None:
    st.subheader("Frequency response", anchor=False)
    source, highest = cached_frequencies(settings.kernel.text)
    st.html(
        f'<img src="{source}" style="width:100%;max-width:18rem;image-rendering:pixelated" '
        'alt="Frequency response: bright where stripes are kept">'
    )
    st.caption(frequency_caption(highest, dilation=settings.layer.dilation))


def _activation(settings: KernelLabSettings) -> None:
    key = settings.layer.activation
    st.subheader(f"Activation: {activations.ACTIVATIONS[key].title}", anchor=False)
    st.html(activation_card(key, dark=dark()))


def _source(picture: Picture, settings: KernelLabSettings) -> None:
    source, weights = convolution_arguments(picture.pixels, settings.layer)
    way = plan(source, weights, **settings.layer.options)
    st.markdown(
        f"How this response was computed: {_WAYS[way]}. The result is the same as "
        "that of this function of `cnn_core.convolution`, which is tested against PyTorch:"
    )
    st.code(_STEPWISE, language="python")


def _downloads(picture: Picture, settings: KernelLabSettings) -> None:
    def picture_bytes() -> bytes:
        source, response = respond(picture.pixels, settings.layer)
        shown = color_response(source, response, settings)
        return encode_png(shown[RESPONSE][1].picture)

    def number_bytes() -> bytes:
        buffer = io.BytesIO()
        np.save(buffer, respond(picture.pixels, settings.layer)[1])
        return buffer.getvalue()

    with st.container(horizontal=True):
        st.download_button(
            "Response as a picture (PNG)", picture_bytes, "response.png", "image/png"
        )
        st.download_button(
            "Response as numbers (NumPy)",
            number_bytes,
            "response.npy",
            "application/octet-stream",
            help=f"float32, {shape_text(output_shape(picture.pixels, settings.layer))}",
        )
