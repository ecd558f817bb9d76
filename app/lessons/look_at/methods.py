"""Five explanations side by side, the same from a network that learned nothing, and agreement."""

from html import escape
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from app.lessons.look_at.attribution_drawing import (
    METHODS,
    Method,
    draw_heat,
    figure_html,
    strength,
)
from app.lessons.look_at.explanations import explanation, twin_scores
from app.lessons.look_at.frame import method_words
from app.lessons.look_at.inside_link import class_link
from app.networks.class_scores import percent_text
from app.session.appearance import dark
from cnn_core.errors import CnnCoreError

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


def methods_side_by_side(trace: "Trace", digest: str, pixels: np.ndarray, number: int) -> None:
    """Draw the explanations one after the other, each as soon as it is there."""
    network, name = trace.network.name, trace.network.classes[number]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.subheader(f"Five answers to the question: why {name}?", anchor=False)
        class_link(number, trace.network.layers[-1].name, name)
    columns = st.columns(len(METHODS))
    spots = {}
    for column, method in zip(columns, METHODS, strict=True):
        with column:
            spots[method.key] = st.empty()
            st.caption(method_words(trace.network, method.key))
    st.markdown(
        "**The same network with random weights**: it learned nothing. "
        "What looks the same here does not explain what was learned."
    )
    twins = {}
    for column, method in zip(st.columns(len(METHODS)), METHODS, strict=True):
        twins[method.key] = column.empty()
    note = st.empty()
    table = st.empty()
    found: dict[str, np.ndarray] = {}
    random: dict[str, np.ndarray] = {}
    for method in METHODS:
        heat = _one(spots[method.key], method, trace, digest, pixels, number, twin=False)
        if heat is not None:
            found[method.key] = heat
    for method in METHODS:
        heat = _one(twins[method.key], method, trace, digest, pixels, number, twin=True)
        if heat is not None:
            random[method.key] = heat
    share = percent_text(float(twin_scores(network, digest, pixels)[number]))
    note.caption(f"The random network gives {name} {share}.")
    table.html(STYLE + _table(found, random))


def _one(
    spot: "st.delta_generator.DeltaGenerator",
    method: Method,
    trace: "Trace",
    digest: str,
    pixels: np.ndarray,
    number: int,
    *,
    twin: bool,
) -> np.ndarray | None:
    network = trace.network
    try:
        values = explanation(network.name, digest, number, method.key, twin, pixels)
    except CnnCoreError as error:
        spot.warning(str(error))
        return None
    heat = draw_heat(values, trace.view, dark=dark())
    whose = "the network with random weights" if twin else network.title
    figure = figure_html(
        heat,
        title="random weights" if twin else method.title,
        alt=f"{method.title} for {network.classes[number]}, from {whose}: {heat.text}",
        note=heat.text if twin else f"{method.unit}: {heat.text}",
    )
    spot.html(f'{STYLE}<div class="look" data-method="{method.key}">{figure}</div>')
    return values


def _table(found: dict[str, np.ndarray], random: dict[str, np.ndarray]) -> str:
    """Write how far the methods agree, as correlation of ranks: with each other, with chance."""
    from cnn_core.networks.attribution.sanity import rank_correlation

    flat = {key: strength(values) for key, values in found.items()}
    listed = [method for method in METHODS if method.key in flat]
    head = "".join(f"<th scope='col'>{escape(method.title)}</th>" for method in listed)
    lines = []
    for one in listed:
        cells = "".join(
            "<td>·</td>" if one is other else _cell(rank_correlation(flat[one.key], flat[other.key]))
            for other in listed
        )
        chance = (
            _cell(rank_correlation(flat[one.key], strength(random[one.key])))
            if one.key in random
            else "<td></td>"
        )
        lines.append(f"<tr><th scope='row'>{escape(one.title)}</th>{cells}{chance}</tr>")
    return (
        '<div class="look agreement"><table><caption style="text-align:left">How far they agree, '
        "place by place (rank correlation: 1 the same order, 0 none)</caption>"
        f"<tr><th></th>{head}<th scope='col'>with its own random twin</th></tr>"
        f"{''.join(lines)}</table></div>"
    )


def _cell(value: float) -> str:
    depth = round(45 * max(0.0, value))
    text = f"{value:.2f}".replace("-", "−")
    return (
        f'<td style="background:color-mix(in srgb, currentColor {depth}%, transparent)">{text}</td>'
    )
