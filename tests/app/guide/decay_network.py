"""How the settings of the view "network" of Weight decay are drawn, and states to be tried."""

from collections.abc import Mapping

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from app.lessons.weight_decay.network.settings import DECAYS, SEEDS

SETTINGS: Mapping[str, SearchStrategy[str]] = {
    "decay_net": st.sampled_from(tuple(DECAYS)),
    "decay_net_seed": st.sampled_from(tuple(SEEDS)),
}
STATES: tuple[Mapping[str, str], ...] = (
    {},
    {"decay_net": "0", "decay_net_seed": "1"},
    {"decay_net": "0.03"},
    {"decay_net": "0.1", "decay_net_seed": "2"},
)
