"""What the live channel answers about the Kernel lab: frames, probes, camera pictures."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from app.image_store import STORE
from app.lab_spec import LabSpec, read_spec
from app.picture_route import picture_url
from app.render.frame import pack
from app.render.lab_frame import TwoFrames, lab_frames, probe
from cnn_core.errors import CnnCoreError
from cnn_core.images import load_image


def answer_frame(question: dict[str, Any]) -> TwoFrames:
    """Draw the picture in use with these settings: the response first, then what follows."""
    image = STORE.get(question["token"]).pixels
    spec, texts = _spec(question)
    return lab_frames(
        image,
        spec,
        texts,
        dark=question.get("dark") is True,
        sequence=question["sequence"],
        panels=_panels(question.get("panels")),
        extra={"picture": picture_url(question["token"])},
    )


def answer_camera(question: dict[str, Any]) -> TwoFrames:
    """Draw a camera picture with these settings; one that is to be kept gets a token."""
    image = load_image(question["camera"])
    spec, texts = _spec(question)
    extra: dict[str, Any] = {"camera": True}  # no address: the picture comes along
    if question.get("keep") is True:
        extra["kept"] = STORE.put(image)
    return lab_frames(
        image,
        spec,
        texts,
        dark=question.get("dark") is True,
        sequence=question["sequence"],
        with_source=True,
        panels=_panels(question.get("panels")),
        extra=extra,
    )


def answer_probe(question: dict[str, Any]) -> bytes:
    """Say what stands at a place of one of the pictures."""
    asked = question.get("probe")
    if not isinstance(asked, dict):
        raise CnnCoreError("A probe names a panel, a row and a column.")
    panel, row, column = asked.get("panel"), asked.get("row"), asked.get("column")
    if not (isinstance(panel, str) and type(row) is int and type(column) is int):
        raise CnnCoreError("A probe names a panel, a row and a column.")
    image = STORE.get(question["token"]).pixels
    line = probe(image, _spec(question)[0], panel=panel, row=row, column=column)
    return pack({"kind": "probe", "sequence": question["sequence"], "text": line})


HANDLERS: Mapping[str, Callable[[dict[str, Any]], bytes | TwoFrames]] = MappingProxyType(
    {"frame": answer_frame, "probe": answer_probe, "camera": answer_camera}
)


def _spec(question: dict[str, Any]) -> tuple[LabSpec, dict[str, str]]:
    asked = question.get("spec")
    if not isinstance(asked, dict):
        raise CnnCoreError("A question about the Kernel lab has a spec, an object of settings.")
    return read_spec(asked), {key: str(value) for key, value in asked.items()}


def _panels(asked: object) -> frozenset[str] | None:
    """Which pictures are wanted: those on the screen; all where the question does not say."""
    if asked is None:
        return None
    if isinstance(asked, list) and all(isinstance(name, str) for name in asked):
        return frozenset(asked)
    raise CnnCoreError("The panels of a question are a list of names.")
