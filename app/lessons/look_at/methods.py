"""All attribution methods side by side, the same with random weights, and their correlations."""

from dataclasses import dataclass
from functools import partial
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from app.drawing.numbers import count_text
from app.lessons.look_at.attribution_drawing import draw_attribution, figure_html, strength
from app.lessons.look_at.attributions import (
    attribution,
    known_attribution,
    randomized_scores,
)
from app.lessons.look_at.inside_link import class_link
from app.networks.class_scores import percent_text
from app.networks.patience import computed
from app.networks.settings import NetworkInput
from app.networks.work import WORK, Priority, Ticket, as_completed
from app.session.appearance import dark
from app.session.visitor import visitor
from cnn_core.errors import CnnCoreError
from cnn_core.networks.attribution import methods
from cnn_core.networks.attribution.methods import AttributionMethod

if TYPE_CHECKING:
    from cnn_core.networks import Trace

STYLE = """<style>
.look figure { margin: 0; }
.look figcaption { font-weight: 600; font-size: 0.875rem; margin-bottom: 0.2rem; }
.look img { display: block; width: 100%; border-radius: 2px; }
.look img.dots { image-rendering: pixelated; }
.look .bar { height: 0.4rem; margin-top: 0.2rem; border-radius: 1px; }
.look .ends { display: flex; justify-content: space-between; font-size: 0.72rem;
  font-variant-numeric: tabular-nums; }
.look .quiet { font-size: 0.72rem; opacity: 0.75; font-variant-numeric: tabular-nums; }
.look table { border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
.look th, .look td { padding: 0.25rem 0.6rem; text-align: right; font-weight: normal; }
.look th { text-align: left; }
</style>"""


def methods_side_by_side(trace: "Trace", shown: NetworkInput, number: int) -> None:
    """Draw the attributions one after the other, each as soon as it is there."""
    network, name = trace.network.name, trace.network.classes[number]
    listed = tuple(methods.METHODS.values())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.subheader(
            f"{count_text(len(listed))} answers to the question: why {name}?", anchor=False
        )
        class_link(number, trace.network.layers[-1].name, name)
    spots = {}
    for column, method in zip(st.columns(len(listed)), listed, strict=True):
        with column:
            spots[method.key] = st.empty()
            st.caption(method.note(trace.network))
    st.markdown(
        "**The same network with random weights**: it learned nothing. "
        "What looks the same here does not explain what was learned."
    )
    randomized_spots = {}
    for column, method in zip(st.columns(len(listed)), listed, strict=True):
        randomized_spots[method.key] = column.empty()
    note = st.empty()
    table = st.empty()
    figures = [
        Figure(spot=spots[method.key], method=method, randomized=randomized)
        for randomized, spots in ((False, spots), (True, randomized_spots))
        for method in listed
    ]
    found = _draw_as_ready(figures, trace, shown, number, note)
    share = percent_text(float(_randomized_scores(network, shown)[number]))
    note.caption(f"The random network gives {name} {share}.")
    trained, randomized = (
        {
            figure.method.key: values
            for figure, values in found.items()
            if figure.randomized is which
        }
        for which in (False, True)
    )
    table.html(STYLE + _table(trained, randomized))


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Figure:
    """One attribution and its place on the page."""

    spot: "st.delta_generator.DeltaGenerator"
    method: AttributionMethod
    randomized: bool


def _draw_as_ready(
    figures: list[Figure],
    trace: "Trace",
    shown: NetworkInput,
    number: int,
    note: "st.delta_generator.DeltaGenerator",
) -> dict[Figure, np.ndarray]:
    """Draw what is known at once and the rest as it is computed; return the values."""
    network = trace.network.name
    found: dict[Figure, np.ndarray] = {}
    tickets: dict[Ticket[np.ndarray], Figure] = {}
    for figure in figures:
        key = figure.method.key
        known = known_attribution(network, shown, number, key, randomized=figure.randomized)
        if known is not None:
            found[figure] = known
            _draw(figure, known, trace, number)
            continue
        figure.spot.caption("Waiting for its turn …")
        ticket = WORK.ask(
            ("attribution", network, shown.digest, number, key, figure.randomized),
            partial(attribution, network, shown, number, key, randomized=figure.randomized),
            visitor=visitor(),
            priority=Priority.CHECK if figure.randomized else Priority.ATTRIBUTION,
        )
        tickets[ticket] = figure

    def say_how_far() -> None:
        note.caption(f"{len(figures) - len(tickets)} of {len(figures)} are ready.")

    for ticket in as_completed(list(tickets), say_how_far):
        figure = tickets.pop(ticket)
        try:
            values = ticket.future.result()
        except CnnCoreError as error:
            figure.spot.warning(str(error))
            continue
        found[figure] = values
        _draw(figure, values, trace, number)
    return found


def _draw(figure: Figure, values: np.ndarray, trace: "Trace", number: int) -> None:
    network, method = trace.network, figure.method
    drawn = draw_attribution(values, trace.view, dark=dark())
    whose = "the network with random weights" if figure.randomized else network.title
    html = figure_html(
        drawn,
        title="random weights" if figure.randomized else method.title,
        alt=f"{method.title} for {network.classes[number]}, from {whose}: {drawn.text}",
        note=drawn.text if figure.randomized else f"{method.unit}: {drawn.text}",
    )
    figure.spot.html(f'{STYLE}<div class="look" data-method="{method.key}">{html}</div>')


def _randomized_scores(network: str, shown: NetworkInput) -> np.ndarray:
    return computed(
        ("randomized scores", network, shown.digest),
        lambda: randomized_scores(network, shown),
        Priority.CHECK,
    )


def _table(trained: dict[str, np.ndarray], randomized: dict[str, np.ndarray]) -> str:
    """Write the rank correlations of the methods: with each other, and with random weights."""
    from cnn_core.networks.attribution.sanity import rank_correlation

    flat = {key: strength(values) for key, values in trained.items()}
    listed = [method for method in methods.METHODS.values() if method.key in flat]
    head = "".join(f"<th scope='col'>{escape(method.title)}</th>" for method in listed)
    lines = []
    for one in listed:
        cells = "".join(
            "<td>·</td>"
            if one is other
            else _cell(rank_correlation(flat[one.key], flat[other.key]))
            for other in listed
        )
        with_random = (
            _cell(rank_correlation(flat[one.key], strength(randomized[one.key])))
            if one.key in randomized
            else "<td></td>"
        )
        lines.append(f"<tr><th scope='row'>{escape(one.title)}</th>{cells}{with_random}</tr>")
    return (
        '<div class="look rank-correlations"><table><caption style="text-align:left">'
        "How far they agree, place by place (rank correlation: 1 the same order, 0 none)</caption>"
        f"<tr><th></th>{head}<th scope='col'>with its own random twin</th></tr>"
        f"{''.join(lines)}</table></div>"
    )


def _cell(value: float) -> str:
    depth = round(45 * max(0.0, value))
    text = f"{value:.2f}".replace("-", "−")
    return (
        f'<td style="background:color-mix(in srgb, currentColor {depth}%, transparent)">{text}</td>'
    )
