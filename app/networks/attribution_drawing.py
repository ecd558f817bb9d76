"""Attributions as pictures with their legends."""

from dataclasses import dataclass
from functools import cache
from html import escape

import cv2
import numpy as np

from app.drawing.colors import activation, css_gradient, signed, table
from app.drawing.encode import encode_jpeg, encode_png
from app.drawing.frame import Blob
from app.drawing.legend import ALL_ZERO, scale_ends
from app.drawing.numbers import number_text
from app.live.published import publish

_OVERLAY_SHARE = 0.62
_MOST_OPAQUE = 235


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnAttribution:
    """One attribution, drawn.

    Attributes:
        picture: the drawing, encoded.
        media: its media type.
        low, middle, high: the legend's numbers.
        gradient: the legend's colors, as CSS.
        text: the range of the values.
    """

    picture: bytes
    media: str
    low: str
    middle: str
    high: str
    gradient: str
    text: str


def draw_attribution(values: np.ndarray, view: np.ndarray) -> DrawnAttribution:
    """Draw an attribution: float32 (H, W), or (H, W, C) with a sign for each color.

    Values from zero up take cividis and signed ones the diverging scale, both over the picture in
    gray; three colors stand alone, zero being middle gray. `view` is what the network saw, uint8.
    """
    if values.ndim == 3 and values.shape[2] == 1:
        values = values[..., 0]
    is_signed = bool(values.min() < 0) or values.ndim == 3
    colored = signed(values) if is_signed else activation(values)
    picture = colored.picture
    if values.ndim == 2:
        picture = _over(picture, view)
    ends = scale_ends(colored.scale, colored.limit, bounds=(colored.low, colored.high))
    span = f"{number_text(colored.low, digits=3)} to {number_text(colored.high, digits=3)}"
    return DrawnAttribution(
        picture=_encoded(np.asarray(picture)),
        media="image/jpeg" if max(values.shape[:2]) > 64 else "image/png",
        low=ends.low,
        middle=ends.middle,
        high=ends.high,
        gradient=css_gradient(colored.scale, gray=values.ndim == 3),
        text=ALL_ZERO if ends.all_zero else span,
    )


def blended(values: np.ndarray, view: np.ndarray) -> np.ndarray:
    """Draw an attribution from zero up, (H, W), over the picture in gray: uint8 (H, W, 3)."""
    return _over(activation(values).picture, view)


def overlay_blob(values: np.ndarray) -> Blob:
    """Draw values from zero up, (H, W), as cividis that is more transparent for smaller ones."""
    share = _share_of_largest(values)
    index = np.rint(255 * share).astype(np.uint8)
    picture = np.empty((*values.shape, 4), np.uint8)
    picture[..., :3] = table("cividis")[index][..., ::-1]
    picture[..., 3] = np.rint(_MOST_OPAQUE * np.sqrt(share))
    _, data = cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    return Blob(name="attribution", type="image/png", data=data.tobytes())


def overlay_levels(values: np.ndarray) -> np.ndarray:
    """Number the colors of values from zero up, (H, W): uint8, rows of `overlay_palette`."""
    return np.asarray(np.rint(255 * _share_of_largest(values)), np.uint8)


@cache
def overlay_palette() -> np.ndarray:
    """Return cividis, more transparent for smaller values: uint8 (256, 4), red first."""
    opacity = np.rint(_MOST_OPAQUE * np.sqrt(np.arange(256) / 255)).astype(np.uint8)
    return np.concatenate([table("cividis"), opacity[:, None]], axis=1)


def strength(values: np.ndarray) -> np.ndarray:
    """Reduce an attribution to one number from 0 up for each pixel, (H, W)."""
    reduced = np.abs(values).max(axis=2) if values.ndim == 3 else np.maximum(values, 0)
    return np.asarray(reduced)


def figure_html(drawn: DrawnAttribution, *, title: str, alt: str, note: str = "") -> str:
    """Write one attribution as a figure with its legend."""
    pixelated = ' class="dots"' if drawn.media == "image/png" else ""
    return (
        f"<figure><figcaption>{escape(title)}</figcaption>"
        f'<img{pixelated} alt="{escape(alt)}" src="{publish(drawn.picture, drawn.media)}">'
        f'<div class="bar" style="background:{drawn.gradient}"></div>'
        f'<div class="ends"><span>{drawn.low}</span><span>{drawn.middle}</span>'
        f"<span>{drawn.high}</span></div>"
        f'<div class="quiet">{escape(note or drawn.text)}</div></figure>'
    )


def _share_of_largest(values: np.ndarray) -> np.ndarray:
    positive = np.maximum(values, 0)
    return np.asarray(positive / max(float(positive.max()), 1e-12))


def _over(picture: np.ndarray, view: np.ndarray) -> np.ndarray:
    gray = np.repeat(_gray(view)[..., None], 3, axis=2)
    return np.asarray(cv2.addWeighted(picture, _OVERLAY_SHARE, gray, 1 - _OVERLAY_SHARE, 0))


def _gray(view: np.ndarray) -> np.ndarray:
    return view if view.ndim == 2 else np.asarray(cv2.cvtColor(view, cv2.COLOR_RGB2GRAY))


def _encoded(picture: np.ndarray) -> bytes:
    return encode_jpeg(picture) if max(picture.shape[:2]) > 64 else encode_png(picture)
