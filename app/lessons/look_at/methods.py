"""All attribution methods side by side, the same with random weights, and their correlations."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from app.drawing.numbers import correlation_text, count_text, percent_text
from app.lessons.look_at.attributions import (
    Correlations,
    attribution_figure,
    randomized_scores,
    rank_correlations,
)
from app.lessons.look_at.inside_link import class_link
from app.networks.attribution_drawing import DrawnAttribution, figure_html
from app.networks.patience import asked, computed
from app.networks.settings import NetworkInput
from app.networks.work import Priority, Ticket, as_completed
from app.session.visitor import visitor
from cnn_core.errors import CnnCoreError
from cnn_core.networks.attribution import methods
from cnn_core.networks.attribution.methods import AttributionMethod

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from cnn_core.networks import Network

STYLE = """<style>
.look figure { margin: 0; }
.look figcaption { font-weight: 600; font-size: 0.875rem; margin-bottom: 0.2rem; }
.look img { display: block; width: 100%; border-radius: 2px; }
.look img.dots { image-rendering: pixelated; }
.look .bar { height: 0.4rem; margin-top: 0.2rem; border-radius: 1px; }
.look .ends { display: flex; justify-content: space-between; font-size: 0.875rem;
  min-height: 1.4em; font-variant-numeric: tabular-nums; }
.look .quiet { font-size: 0.875rem; min-height: 2.8em; line-height: 1.4; opacity: 0.75;
  font-variant-numeric: tabular-nums; }
.look .space { width: 100%; border-radius: 2px;
  background: color-mix(in srgb, currentColor 6%, transparent); }
.look p { margin: 0; font-size: 0.875rem; }
.rank-correlations { overflow-x: auto; }
.look table { border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
.look th, .look td { padding: 0.25rem 0.6rem; text-align: right; font-weight: normal; }
.look th { text-align: left; }
</style>"""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Figure:
    """One attribution and its place on the page."""

    spot: "DeltaGenerator"
    method: AttributionMethod
    randomized: bool


def methods_side_by_side(
    network: "Network", shown: NetworkInput, number: int, *, on_drawn: Callable[[str], None]
) -> None:
    """Draw the attributions one after the other, each as soon as it is there.

    `on_drawn` is called with the key of each method once it is drawn for the trained network.
    """
    name = network.classes[number]
    listed = tuple(methods.METHODS.values())
    st.html(STYLE)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.subheader(f"{count_text(len(listed))} attribution methods for {name}", anchor=False)
        class_link(number, network.layers[-1].name, name)
    figures = []
    for column, method in zip(_columns(len(listed), "trained"), listed, strict=True):
        figures.append(_Figure(spot=column.empty(), method=method, randomized=False))
        column.caption(method.note(network))
    st.markdown(
        "**The randomized network**: the same layers with random weights. It has learned nothing, "
        "so a pattern that is also here was not learned."
    )
    for column, method in zip(_columns(len(listed), "random"), listed, strict=True):
        figures.append(_Figure(spot=column.empty(), method=method, randomized=True))
    note, table = st.empty(), st.empty()
    note.caption(f"0 of {len(figures)} are ready.")
    table.html(_table(Correlations(methods=tuple(methods.METHODS), between={}, randomized={})))
    for ready, figure in enumerate(_drawn(figures, network, shown, number), start=1):
        if ready < len(figures):
            note.caption(f"{ready} of {len(figures)} are ready.")
        if not figure.randomized:
            on_drawn(figure.method.key)
    scores = computed(Priority.CHECK, randomized_scores, network.name, shown)
    probability = percent_text(float(scores[number]))
    note.caption(f"The randomized network: probability of {name} {probability}.")
    table.html(_table(computed(Priority.CHECK, rank_correlations, network.name, shown, number)))


def _columns(count: int, weights: str) -> "list[DeltaGenerator]":
    """Make columns that `app.style` lays out in several rows where the window is narrow."""
    with st.container(key=f"attributions_{weights}"):
        return st.columns(count)


def _drawn(
    figures: Sequence[_Figure], network: "Network", shown: NetworkInput, number: int
) -> Iterator[_Figure]:
    """Draw what is known at once and the rest as it is computed; give each figure once drawn."""
    tickets: dict[Ticket[DrawnAttribution], _Figure] = {}
    known: list[_Figure] = []
    for figure in figures:
        place = (network.name, shown, number, figure.method.key)
        random = figure.randomized
        found = attribution_figure.known(*place, randomized=random)
        if found is not None:
            _draw(figure, found, network, number)
            known.append(figure)
            continue
        _keep_place(figure, network)
        soon = Priority.SLOW_ATTRIBUTION if figure.method.slow else Priority.ATTRIBUTION
        priority = Priority.CHECK if random else soon
        ticket = asked(priority, attribution_figure, *place, randomized=random)
        tickets[ticket] = figure
    waiting = as_completed(list(tickets), visitor)
    yield from known
    for ticket in waiting:
        figure = tickets[ticket]
        try:
            _draw(figure, ticket.future.result(), network, number)
        except CnnCoreError as error:
            figure.spot.warning(str(error))
        else:
            yield figure


def _keep_place(figure: _Figure, network: "Network") -> None:
    """Draw an empty figure of the same height: nothing moves when the attribution is there."""
    height, width = network.preparation.size
    figure.spot.html(
        f'<div class="look"><figure><figcaption>{escape(_title(figure))}</figcaption>'
        f'<div class="space" style="aspect-ratio:{width}/{height}"></div><div class="bar"></div>'
        '<div class="ends"></div><div class="quiet">Waiting …</div></figure></div>'
    )


def _title(figure: _Figure) -> str:
    return f"{figure.method.title}, random weights" if figure.randomized else figure.method.title


def _draw(figure: _Figure, drawn: DrawnAttribution, network: "Network", number: int) -> None:
    method = figure.method
    whose = "the network with random weights" if figure.randomized else network.title
    html = figure_html(
        drawn,
        title=_title(figure),
        alt=f"{method.title} for {network.classes[number]}, from {whose}: {drawn.text}",
        note=drawn.text if figure.randomized else f"{method.unit}: {drawn.text}",
    )
    figure.spot.html(
        f'<div class="look" data-method="{method.key}" '
        f'data-weights="{"random" if figure.randomized else "trained"}">{html}</div>'
    )


def _table(found: Correlations) -> str:
    """Write the rank correlations of the methods: with each other, and with random weights."""
    titles = {key: escape(methods.METHODS[key].title) for key in found.methods}
    head = "".join(f"<th scope='col'>{title}</th>" for title in titles.values())
    lines = []
    for one in found.methods:
        cells = "".join(
            "<td>·</td>"
            if one == other
            else _cell(found.between.get((one, other), found.between.get((other, one))))
            for other in found.methods
        )
        with_random = _cell(found.randomized.get(one))
        lines.append(f"<tr><th scope='row'>{titles[one]}</th>{cells}{with_random}</tr>")
    return (
        '<div class="look"><p id="rank-correlations">Rank correlation of the maps, pixel by pixel: '
        "1 for the same order of the pixels, 0 for no relation, −1 for the opposite order</p>"
        '<div class="rank-correlations"><table aria-labelledby="rank-correlations">'
        f"<tr><th></th>{head}<th scope='col'>with the randomized network</th></tr>"
        f"{''.join(lines)}</table></div></div>"
    )


def _cell(value: float | None) -> str:
    if value is None:
        return "<td></td>"
    depth = round(45 * max(0.0, value))
    text = correlation_text(value)
    return (
        f'<td style="background:color-mix(in srgb, currentColor {depth}%, transparent)">{text}</td>'
    )
