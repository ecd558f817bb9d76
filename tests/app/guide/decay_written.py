"""How the settings of the view "written" of Weight decay are drawn, and states to be tried."""

from collections.abc import Mapping

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from app.lessons.weight_decay.written.settings import LAMBDAS, PULLS, RATES

SETTINGS: Mapping[str, SearchStrategy[str]] = {
    "decay_optimizer": st.sampled_from(("sgd", "adam")),
    "decay_rate": st.sampled_from(RATES),
    "decay_l2": st.sampled_from(LAMBDAS),
    "decay_pull": st.sampled_from(PULLS),
    "decay_start": st.integers(-2, 6).map(lambda half: f"{half / 2:g}"),
    "decay_at": st.integers(1, 60).map(str),
}
STATES: tuple[Mapping[str, str], ...] = (
    {},
    {"decay_l2": "0"},
    {"decay_optimizer": "adam", "decay_at": "20"},
    {"decay_optimizer": "adam", "decay_pull": "5", "decay_at": "60", "decay_start": "-1"},
)
