"""A taught class followed down: what the features add to it, and the way to Inside a CNN."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from app.drawing.numbers import number_text
from app.lessons.cats_vs_dogs.settings import NETWORK
from app.lessons.cats_vs_dogs.teach.situation import TeachSituation
from app.networks.kept_head import keep_head
from app.networks.last_layer import LAST_LAYER, TAUGHT
from app.networks.taught_head import taught_head
from app.session import navigation, state
from cnn_core.networks.head_files import HeadCard
from cnn_core.networks.heads import Head
from cnn_core.networks.models import registry
from cnn_core.networks.taught import last_dense

_COUNT = 5
DUST = 1e-6
"""What is smaller in a logit is left by the search, which ends near the minimum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureTerm:
    """What one feature adds to the logit of a class.

    Attributes:
        number: of the feature, and of the map whose mean it is.
        value: the feature.
        weight: of the class for it.
    """

    number: int
    value: float
    weight: float

    @property
    def contribution(self) -> float:
        """Their product."""
        return self.value * self.weight


def largest_terms(on: TeachSituation, count: int = _COUNT) -> list[FeatureTerm]:
    """Find the features that change the logit of the explained class most, the largest first."""
    features, weights = on.asked.features, on.head.weights[on.label]
    order = np.argsort(-np.abs(features * weights), kind="stable")[:count]
    return [
        FeatureTerm(number=int(at), value=float(features[at]), weight=float(weights[at]))
        for at in order
    ]


def term_text(value: float, *, digits: int = 4) -> str:
    """Write a part of a logit, dust as 0.

    >>> term_text(-5.3e-18), term_text(0.25)
    ('0', '0.25')
    """
    return number_text(0.0 if abs(value) < DUST else value, digits=digits)


def follow(on: TeachSituation) -> None:
    """Show the largest contributions to the explained class, and lead down to the pixels."""
    name = on.written[on.label]
    st.subheader("Follow this class", anchor=False)
    st.markdown(
        f"A picture has {len(on.asked.features):,} features. Each is the mean of one map. Its "
        "value times its weight is what it adds to the logit of the explained class (Inside a CNN "
        "calls it the score before softmax). The largest ones:"
    )
    rows = [
        f"| {one.number} | {number_text(one.value, digits=3)} | "
        f"{term_text(one.weight, digits=3)} | {term_text(one.contribution, digits=3)} |"
        for one in largest_terms(on)
    ]
    st.markdown(
        "\n".join(["| Feature | Value | Weight | Contribution |", "|--:|--:|--:|--:|", *rows])
    )
    logit, bias = float(on.head.logits(on.asked.features)[on.label]), on.head.bias[on.label]
    st.markdown(
        f"All {len(on.asked.features):,} contributions sum to {term_text(logit - bias)}. The "
        f"bias adds {term_text(float(bias))}: the logit of {name} is **{term_text(logit)}**."
    )
    st.button(
        f"Follow {name} down to the pixels",
        icon=":material/hub:",
        key="taught_follow",
        on_click=_open_inside,
        args=(on.head, HeadCard(network=NETWORK, classes=on.names, pictures=on.counts), on.label),
        help="Opens Inside a CNN with your classes as its last layer: every number there, from the "
        "probability down to a pixel, can be opened.",
    )


def _open_inside(head: Head, card: HeadCard, label: int) -> None:
    keep_head(taught_head(head, card))
    state.put(
        {
            "network": NETWORK,
            LAST_LAYER.key: TAUGHT,
            "layer": last_dense(registry.defined(NETWORK).layers).name,
            "channel": str(label),
            "row": "",
            "column": "",
        }
    )
    navigation.go_to("inside_cnn")
