"""Everything the slide explorer needs for one set of settings, as JSON holds it."""

import base64
import json
from functools import cache
from hashlib import blake2b
from typing import Any

import cv2
import numpy as np

from app.drawing.colors import ink_on
from app.drawing.encode import at_least, encode_for_screen
from app.lessons.step_by_step.cached import cached_scene, shaping_texts
from app.lessons.step_by_step.controls import control_rows
from app.lessons.step_by_step.edits import MESSAGE, STORY
from app.lessons.step_by_step.examples import EXAMPLES, example_of, modes_of
from app.lessons.step_by_step.grid_text import short
from app.lessons.step_by_step.operands import box_on
from app.lessons.step_by_step.scene.grids import scale_table
from app.lessons.step_by_step.settings import BLOCK_MAX, SPEEDS, StepByStepSettings
from app.session import appearance, state
from app.session.picture import Picture

_THUMBNAIL_PX = 240
_USUAL_INK = "9"


def explorer_data(
    settings: StepByStepSettings, texts: dict[str, str], picture: Picture
) -> dict[str, Any]:
    """Put together what `slide_explorer` shows.

    Raises:
        CnnCoreError: if the window does not fit the input.
    """
    scene = cached_scene(shaping_texts(texts), picture.digest, picture.pixels).data()
    version = blake2b(json.dumps([scene, settings.letters]).encode(), digest_size=8).hexdigest()
    return {
        "scene": scene,
        "version": version,
        "examples": [
            {"key": one.key, "name": one.name, "note": one.note} for one in EXAMPLES.values()
        ],
        "example": example_of(settings),
        "modes": [{"key": mode, "name": name} for mode, name in modes_of(settings).items()],
        "controls": control_rows(settings, picture.pixels),
        "message": state.recall(MESSAGE, ""),
        "story": state.recall(STORY, 0),
        "speed": settings.speed,
        "speeds": list(SPEEDS),
        "at": settings.at,
        "patch": _patch(settings, picture)
        if settings.source == "patch" and settings.mode != "line"
        else None,
        "brush": _brush(settings.cells)
        if settings.source == "drawn" and settings.mode != "line"
        else None,
        "tables": {scale: color_table(scale) for scale in _scales(scene)},
        "classroom": appearance.classroom(),
        "letters": settings.letters,
    }


@cache
def color_table(scale: str) -> dict[str, Any]:
    """Write the 256 colors of a scale as one line of hexadecimal digits; list the ink on each."""
    colors = scale_table(scale)
    return {
        "colors": colors.tobytes().hex(),
        "inks": [ink_on(*color) for color in colors.tolist()],
    }


def _scales(scene: dict[str, Any]) -> list[str]:
    """Name the tables that the grids of a scene are colored with."""
    used = {grid["scale"] for grid in (*scene["inputs"], *scene["kernels"], *scene["outputs"])}
    return sorted(used)


def _patch(settings: StepByStepSettings, picture: Picture) -> dict[str, Any]:
    """Describe the picture that a patch is picked from, and the box on it."""
    height, width = picture.pixels.shape[:2]
    box = box_on(settings, picture.pixels.shape)
    side = settings.side * box.block
    return {
        "source": _thumbnail(picture.pixels),
        "alt": f"{picture.name}, {height} × {width} pixels",
        "height": height,
        "width": width,
        "row": min(box.row, max(height - side, 0)),
        "column": min(box.column, max(width - side, 0)),
        "block": box.block,
        "cells": settings.side,
        "most": BLOCK_MAX,
    }


def _brush(cells: np.ndarray) -> dict[str, str]:
    """Choose what a stroke on a drawn input writes: the largest number that is there already."""
    largest = float(cells.max())
    return {"ink": short(largest) if largest > 0 else _USUAL_INK, "paper": "0"}


def _thumbnail(pixels: np.ndarray) -> str:
    """Encode a small version as a data URL, which needs no request of its own."""
    scale = min(1.0, _THUMBNAIL_PX / max(pixels.shape[:2]))
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA) if scale < 1 else pixels
    data, media_type = encode_for_screen(at_least(small, _THUMBNAIL_PX))
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"
