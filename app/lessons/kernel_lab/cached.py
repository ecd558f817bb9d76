"""What the Kernel lab computes once for each picture and each choice of settings."""

import base64

import numpy as np

from app.caching import MIB, cached
from app.drawing.colors import activation
from app.drawing.encode import encode_png
from app.lessons.kernel_lab.frame import Frame, lab_frame
from app.lessons.kernel_lab.preset_sheet import preset_sheet
from app.lessons.kernel_lab.settings import read_settings
from app.lessons.kernel_lab.window_sum import middle_frame
from cnn_core.kernels import frequency_response, highest_frequency_response
from cnn_core.kernels.choice import parse_kernel_choice


@cached(max_bytes=8 * MIB)
def cached_preset_sheet(digest: str, _image: np.ndarray) -> bytes:
    """Return the sheet of presets for a picture, drawn once for each picture."""
    return preset_sheet(_image)


@cached(max_bytes=24 * MIB)
def cached_lab_frame(
    settings: tuple[tuple[str, str], ...], digest: str, _image: np.ndarray
) -> Frame:
    """Return what the Kernel lab shows: a class that follows its teacher sees the same few.

    With it goes the sum in the middle, `middle`, which is shown until somebody points.
    """
    texts = dict(settings)
    header, blobs = lab_frame(_image, read_settings(texts), texts)
    middle, cells = middle_frame(_image, read_settings(texts))
    return {**header, "middle": middle}, [*blobs, *cells]


@cached(max_bytes=2 * MIB)
def cached_frequencies(kernel_text: str) -> tuple[str, float]:
    """Return a kernel's frequency response as the source of an image, and its largest factor.

    The picture is in the source itself: a file of Streamlit's would be gone before the browser
    asked for it, where a kernel changes faster than that.
    """
    weights = parse_kernel_choice(kernel_text).weights
    response = frequency_response(weights, size=96)
    shown = activation(response.astype(np.float32))
    picture = base64.b64encode(encode_png(shown.picture)).decode()
    return f"data:image/png;base64,{picture}", highest_frequency_response(weights)
