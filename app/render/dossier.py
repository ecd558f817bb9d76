"""A unit's dossier as cards: patches, what is sent back to them, the painted picture."""

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from app.render.attention import data_uri
from app.render.colors import activation, nice_limit, signed
from app.render.encode import encode_jpeg, encode_png
from app.render.numbers import number_text
from cnn_core.receptive_field import receptive_field

if TYPE_CHECKING:
    from cnn_core.networks import Network, Trace

STYLE = """<style>
.dossier { display: grid; gap: 0.5rem; }
.dossier figure { margin: 0; min-width: 0; }
.dossier img { width: 100%; aspect-ratio: 1; object-fit: contain; display: block;
  image-rendering: pixelated; border-radius: 2px;
  background: color-mix(in srgb, currentColor 8%, transparent); }
.dossier img.smooth { image-rendering: auto; }
.dossier figcaption { font-size: 0.72rem; line-height: 1.25; margin-top: 0.15rem;
  font-variant-numeric: tabular-nums; }
</style>"""
_SHARP_PX = 64
_LEAST = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A picture with a line below it."""

    picture: np.ndarray
    line: str
    alt: str


def map_card(trace: "Trace", layer: str, channel: int, *, dark: bool) -> Card:
    """Draw a map as it is before its activation: signed."""
    values = trace[layer][channel]
    drawn = signed(values, dark=dark) if values.min() < 0 else activation(values)
    low = number_text(-drawn.limit) if drawn.scale == "signed" else "0"
    span = f"{number_text(drawn.low, digits=3)} to {number_text(drawn.high, digits=3)}"
    return Card(
        picture=drawn.picture,
        line=f"its map: {span}; colors {low} to {number_text(drawn.limit)}",
        alt=f"Map {channel} of {layer}: {span}",
    )


def patch_cards(
    network: "Network",
    layer: str,
    channel: int,
    place: tuple[int, int],
    sent: np.ndarray,
    view: np.ndarray,
    name: str,
    *,
    value: float | None = None,
    with_pixels: bool = False,
) -> list[Card]:
    """Cut what a unit sees out of a picture and out of what was sent back, (H, W, C)."""
    rows, columns = _seen(network, layer, channel, place, view.shape[:2])
    limit = nice_limit(sent[rows, columns])
    projection = signed(np.ascontiguousarray(sent[rows, columns]), dark=False, limit=limit).picture
    if projection.ndim == 3 and projection.shape[2] == 1:
        projection = projection[..., 0]
    cards = []
    if with_pixels:
        line = name if value is None else f"{name}: {number_text(value, digits=3)}"
        cards.append(Card(picture=view[rows, columns], line=line, alt=f"Patch of {line}"))
        name = ""
    cards.append(
        Card(
            picture=projection,
            line=f"{name} ±{number_text(limit)}".strip(),
            alt=f"What is sent back to the pixels, {name or 'deconvnet'}, gray being 0",
        )
    )
    return cards


def painted_card(picture: np.ndarray, value: float, best: float) -> Card:
    """Show the painted picture and how far it got."""
    line = f"says {number_text(value, digits=3)}; the best bundled picture {number_text(best, digits=3)}"
    return Card(picture=picture, line=line, alt=f"A synthetic picture: the unit {line}")


def card_html(cards: list[Card], *, across: int, paired: bool = False) -> str:
    """Lay cards out in rows of `across`; paired ones stand one above the other."""
    flow = "grid-auto-flow: column; grid-template-rows: auto auto;" if paired else ""
    figures = "".join(_figure(card) for card in cards)
    columns = f"grid-template-columns: repeat({across}, minmax(0, 1fr));"
    return f'<div class="dossier" style="{columns}{flow}">{figures}</div>'


def _figure(card: Card) -> str:
    picture = np.ascontiguousarray(card.picture)
    small = max(picture.shape[:2]) <= _SHARP_PX
    data = encode_png(picture) if small else encode_jpeg(picture)
    source = data_uri(data, "image/png" if small else "image/jpeg")
    smooth = "" if max(picture.shape[:2]) <= _LEAST else ' class="smooth"'
    return (
        f'<figure><img{smooth} alt="{escape(card.alt)}" src="{source}">'
        f"<figcaption>{escape(card.line)}</figcaption></figure>"
    )


def _seen(
    network: "Network",
    layer: str,
    channel: int,
    place: tuple[int, int],
    shape: tuple[int, ...],
) -> tuple[slice, slice]:
    visible = receptive_field(
        network.layers, layer=layer, channel=channel, row=place[0], column=place[1]
    ).visible
    rows, columns = visible or ((0, shape[0]), (0, shape[1]))
    return slice(*rows), slice(*columns)
