"""A taught class followed down: the features that add most to it, and the way to their maps."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from app.drawing.numbers import number_text
from app.lessons.cats_vs_dogs.settings import NETWORK
from app.lessons.cats_vs_dogs.teach.situation import TeachSituation
from app.session import navigation, state
from cnn_core.networks.models import registry

_COUNT = 5


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


def follow(on: TeachSituation) -> None:
    """Show the largest contributions to the explained class, and lead to their maps."""
    name = on.written[on.label]
    st.subheader("Follow this class", anchor=False)
    st.markdown(
        f"A picture has {len(on.asked.features):,} features. Each is the mean of one map. Its "
        "value times its weight is what it adds to the logit of the explained class. The "
        "largest ones:"
    )
    terms = largest_terms(on)
    rows = [
        f"| {one.number} | {number_text(one.value, digits=3)} | "
        f"{number_text(one.weight, digits=3)} | {number_text(one.contribution, digits=3)} |"
        for one in terms
    ]
    st.markdown(
        "\n".join(["| Feature | Value | Weight | Contribution |", "|--:|--:|--:|--:|", *rows])
    )
    st.button(
        f"Open map {terms[0].number} in Inside a CNN",
        icon=":material/hub:",
        key="taught_follow",
        on_click=_open_map,
        args=(terms[0].number,),
        help=f"It changes the logit of {name} most. Each of its numbers can be followed there.",
    )


def _open_map(number: int) -> None:
    layer = _last_maps()
    state.put({"network": NETWORK, "layer": layer, "channel": str(number), "row": "", "column": ""})
    navigation.go_to("inside_cnn")


def _last_maps() -> str:
    """Name the layer whose maps the features are the means of."""
    layers = registry.defined(NETWORK).layers
    pool = next(one for one in reversed(layers) if one.kind == "global_pool")
    return pool.inputs[0]
