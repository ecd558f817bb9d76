"""What is drawn for the Kernel lab while a hand moves: frames, camera pictures, probes.

These run in the drawing process (`app.live.drawing_process`), on a picture and a question whose
form `app.live.channel` has checked.
"""

from typing import Any

import numpy as np

from app.drawing.frame import pack
from app.lessons.kernel_lab.frame import TwoFrames, lab_frames, probe
from app.lessons.kernel_lab.settings import KernelLabSettings, read_settings
from cnn_core.errors import CnnCoreError
from cnn_core.images import load_image


def draw_frames(question: dict[str, Any], image: np.ndarray) -> TwoFrames:
    """Draw a picture with these settings: the response first, then what follows."""
    # Turned gray, the picture is another than the one that has this address.
    gray = _settings(question)[0].layer.combine == "gray"
    return _draw(question, image, extra={} if gray else {"picture": question["picture"]})


def draw_camera(question: dict[str, Any], _: np.ndarray) -> TwoFrames:
    """Draw a camera picture, which has no address and comes along."""
    image = load_image(question["camera"])
    kept = {"kept": question["kept"]} if "kept" in question else {}
    return _draw(question, image, with_source=True, extra={"camera": True, **kept})


def draw_probe(question: dict[str, Any], image: np.ndarray) -> bytes:
    """Say what stands at a place of one of the pictures."""
    asked = question.get("probe")
    if not isinstance(asked, dict):
        raise CnnCoreError("A probe names a panel, a row and a column.")
    panel, row, column = asked.get("panel"), asked.get("row"), asked.get("column")
    if not (isinstance(panel, str) and type(row) is int and type(column) is int):
        raise CnnCoreError("A probe names a panel, a row and a column.")
    line = probe(image, _settings(question)[0], panel=panel, row=row, column=column)
    return pack({"kind": "probe", "sequence": question["sequence"], "text": line})


def _draw(
    question: dict[str, Any],
    image: np.ndarray,
    *,
    extra: dict[str, Any],
    with_source: bool = False,
) -> TwoFrames:
    settings, texts = _settings(question)
    return lab_frames(
        image,
        settings,
        texts,
        dark=question.get("dark") is True,
        sequence=question["sequence"],
        with_source=with_source,
        panels=_panels(question.get("panels")),
        extra=extra,
    )


def _settings(question: dict[str, Any]) -> tuple[KernelLabSettings, dict[str, str]]:
    asked = question.get("settings")
    if not isinstance(asked, dict):
        raise CnnCoreError("A question about the Kernel lab has a settings, an object of settings.")
    return read_settings(asked), {key: str(value) for key, value in asked.items()}


def _panels(asked: object) -> frozenset[str] | None:
    """Which pictures are wanted: those on the screen; all where the question does not say."""
    if asked is None:
        return None
    if isinstance(asked, list) and all(isinstance(name, str) for name in asked):
        return frozenset(asked)
    raise CnnCoreError("The panels of a question are a list of names.")
