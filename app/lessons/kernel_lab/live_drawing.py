"""What is drawn for the Kernel lab during a drag: frames, camera pictures, probes.

These functions run in a drawing process (`app.live.drawing_process`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.drawing.frame import pack
from app.lessons.kernel_lab.frame import lab_frames
from app.lessons.kernel_lab.questions import CameraQuestion, FrameQuestion, ProbeQuestion
from app.lessons.kernel_lab.settings import read_settings
from app.lessons.kernel_lab.window_sum import place_frame
from app.live.drawer import TwoFrames
from app.live.image_store import picture_url
from cnn_core.images import load_image


def draw_frames(question: FrameQuestion, image: np.ndarray) -> TwoFrames:
    """Draw a picture with these settings: the response first, then what follows."""
    # Turned gray, the picture is another than the one that has this address.
    gray = read_settings(question.settings).layer.combine == "gray"
    return _draw(question, image, extra={} if gray else {"picture": picture_url(question.token)})


def draw_camera(question: CameraQuestion, _: np.ndarray) -> TwoFrames:
    """Draw the camera's picture, which has no address and so travels along."""
    return _draw_camera(question, {})


@dataclass(frozen=True, slots=True)
class KeptCamera:
    """Draws as `draw_camera` does, for a picture that is kept under this token."""

    token: str

    def __call__(self, question: CameraQuestion, _: np.ndarray) -> TwoFrames:
        """Draw the camera's picture, and name its token."""
        return _draw_camera(question, {"kept": self.token})


def draw_probe(question: ProbeQuestion, image: np.ndarray) -> bytes:
    """Say what a cell of one of the pictures holds, and describe the sum behind it."""
    at, settings = question.probe, read_settings(question.settings)
    header, blobs = place_frame(image, settings, panel=at.panel, row=at.row, column=at.column)
    return pack({"kind": "probe", "sequence": question.sequence, **header}, blobs)


def _draw_camera(question: CameraQuestion, extra: Mapping[str, Any]) -> TwoFrames:
    image = load_image(question.picture)
    return _draw(question, image, with_source=True, extra={"camera": True, **extra})


def _draw(
    question: FrameQuestion | CameraQuestion,
    image: np.ndarray,
    *,
    extra: Mapping[str, Any],
    with_source: bool = False,
) -> TwoFrames:
    first, draw_second = lab_frames(
        image,
        read_settings(question.settings),
        {key: str(value) for key, value in question.settings.items()},
        sequence=question.sequence,
        with_source=with_source,
        panels=None if question.panels is None else frozenset(question.panels),
        extra=extra,
    )
    # It keeps the response: float32, at most one value for each of the picture's bytes.
    return TwoFrames(first=first, draw_second=draw_second, held_bytes=4 * image.size)
