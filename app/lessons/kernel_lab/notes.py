"""Around the pictures of the Kernel lab: sizes, what to notice, PyTorch, downloads."""

import inspect
import io

import numpy as np
import streamlit as st

from app.drawing.encode import encode_png
from app.drawing.numbers import number_text, shape_text
from app.lessons.kernel_lab.cached import cached_frequencies
from app.lessons.kernel_lab.frame import RESPONSE, color_response
from app.lessons.kernel_lab.settings import KernelLabSettings
from app.lessons.kernel_lab.snippets import torch_lines
from app.session.appearance import dark
from app.session.image_picker import Picture
from cnn_core.convolution import convolve_stepwise, plan
from cnn_core.feature_map import convolution_arguments, count_parameters, output_shape, respond
from cnn_core.geometry import dropped, size_formula
from cnn_core.kernels import BUILDERS, KERNELS, describe

_STEPWISE = inspect.getsource(convolve_stepwise)
_WAYS = {
    "separable": "a column times a row: two short filters do the work of one large one",
    "direct": "every weight meets every pixel",
    "fourier": "a product of spectra, the quick way for large kernels",
}


def lab_notes(picture: Picture, settings: KernelLabSettings) -> None:
    """Show the explanations that belong to these settings."""
    notice, frequencies = st.columns([10, 3], gap="large")
    with notice:
        _what_to_notice(settings)
    with frequencies:
        _frequency(settings)
    code, source, take = st.tabs(["The same in PyTorch", "How it is computed here", "Download"])
    with code:
        st.code(torch_lines(settings), language="python")
    with source:
        _source(picture, settings)
    with take:
        _downloads(picture, settings)


def lab_sizes(picture: Picture, settings: KernelLabSettings) -> None:
    """Show how large the response is and why, and how much such a layer has to learn."""
    lines = []
    for name, length, window in zip(
        ("rows", "columns"), picture.pixels.shape[:2], settings.layer.windows, strict=True
    ):
        lines.append(f"{name}: `{size_formula(length, window)}`")
        left_out = dropped(length, window)
        if left_out.pixels:
            plural = "s" if left_out.pixels > 1 else ""
            lines.append(
                f":small[The stride does not divide: the last {left_out.pixels} "
                f"{name[:-1]}{plural} of the picture are read by no window.]"
            )
    counts = count_parameters(picture.pixels, settings.layer)
    lines.append(
        f"This layer has **{counts.convolution:,}** numbers to learn; a dense layer between "
        f"the same pixels and the same outputs would have **{counts.dense:,}**."
    )
    # One element, not five: each costs a message to every reader at every stroke.
    st.markdown("\n\n".join(lines))


def _what_to_notice(settings: KernelLabSettings) -> None:
    st.subheader("What to notice", anchor=False)
    kernel, facts = settings.kernel, describe(settings.kernel.weights)
    note = ""
    if kernel.preset:
        note = f"{KERNELS[kernel.preset].note}\n\n"
    elif kernel.formula:
        note = f"{BUILDERS[kernel.formula].note}\n\n"
    lines = []
    if facts.zero_mean:
        lines.append("The weights add up to **0**: wherever the picture is even, the answer is 0.")
    elif facts.keeps_brightness:
        lines.append("The weights add up to **1**: an even patch keeps its brightness.")
    else:
        lines.append(
            f"The weights add up to **{number_text(facts.total)}**: an even patch of 100 "
            f"answers {number_text(100 * facts.total)}."
        )
    low, high = facts.answers
    lines.append(
        f"From pixels 0 to 255, answers can reach {number_text(low)} to {number_text(high)}."
    )
    if facts.rank == 1 and min(kernel.weights.shape) > 1:
        lines.append(
            "It is a column times a row: it can be applied along one direction, then the other."
        )
    if settings.layer.combine == "sum":
        lines.append(
            "Red, green and blue are each laid under the kernel; their three answers are **added**."
        )
    if settings.layer.flip and "half turn" not in facts.symmetries:
        lines.append("Turned by 180°, this kernel is another one: compare with “laid on as it is”.")
    st.markdown(note + "\n".join(f"- {line}" for line in lines))


def _frequency(settings: KernelLabSettings) -> None:
    st.subheader("Which waves pass", anchor=False)
    source, highest = cached_frequencies(settings.kernel.text)
    st.html(
        f'<img src="{source}" style="width:100%;image-rendering:pixelated" '
        'alt="Frequency response: bright where waves pass">'
    )
    st.caption(
        f"Middle: slow changes. Rim: the finest stripes. Dark: held back, 0; bright: passed, "
        f"up to × {highest}."
    )


def _source(picture: Picture, settings: KernelLabSettings) -> None:
    source, weights = convolution_arguments(picture.pixels, settings.layer)
    way = plan(source, weights, **settings.layer.options)
    st.markdown(
        f"Here: **{way}**, {_WAYS[way]}. Whatever the way, the numbers are those of these lines, "
        "which tests hold to PyTorch's and SciPy's:"
    )
    st.code(_STEPWISE, language="python")


def _downloads(picture: Picture, settings: KernelLabSettings) -> None:
    is_dark = dark()

    def picture_bytes() -> bytes:
        source, response = respond(picture.pixels, settings.layer)
        shown = color_response(source, response, settings, dark=is_dark)
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
