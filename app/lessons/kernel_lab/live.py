"""What the live channel answers about the Kernel lab, drawn in a process of its own."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from app.live.drawing_process import DRAWING, Answer
from app.live.image_store import STORE
from app.live.picture_route import picture_url
from cnn_core.images import load_image


def answer_frame(question: dict[str, Any]) -> Answer:
    """Draw the picture in use with these settings: the response first, then what follows."""
    token = question["token"]
    question = {**question, "picture": picture_url(token)}
    return DRAWING.draw_two(question, STORE.get(token))


def answer_camera(question: dict[str, Any]) -> Answer:
    """Draw a camera picture with these settings; one that is to be kept gets a token."""
    if question.get("keep") is True:
        question = {**question, "kept": STORE.put(load_image(question["camera"]))}
    return DRAWING.draw_two(question, STORE.get(question["token"]))


def answer_probe(question: dict[str, Any]) -> Answer:
    """Say what stands at a place of one of the pictures."""
    return DRAWING.draw(question, STORE.get(question["token"]))


HANDLERS: Mapping[str, Callable[[dict[str, Any]], Answer]] = MappingProxyType(
    {"frame": answer_frame, "probe": answer_probe, "camera": answer_camera}
)
