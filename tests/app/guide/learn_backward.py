"""How the settings of the view "backward" of Watch it learn are drawn, and states to be tried."""

from collections.abc import Mapping

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from app.lessons.watch_it_learn.backward.examples import EXAMPLES
from app.lessons.watch_it_learn.backward.settings import RATES, WEIGHTS_KEYS

_WEIGHT = st.sampled_from(("0", "1", "-2", "0.5", "-0.125", "3.7", "100"))


def _kernels(rows: int, columns: int) -> SearchStrategy[str]:
    row = st.lists(_WEIGHT, min_size=columns, max_size=columns).map(",".join)
    return st.just("") | st.lists(row, min_size=rows, max_size=rows).map(";".join)


SETTINGS: Mapping[str, SearchStrategy[str]] = {
    "learn_back_example": st.sampled_from(tuple(EXAMPLES)),
    **{WEIGHTS_KEYS[key]: _kernels(*one.size) for key, one in EXAMPLES.items()},
    "learn_back_of": st.sampled_from(("weights", "input")),
    "learn_back_rate": st.sampled_from(("", *RATES)),
}
STATES: tuple[Mapping[str, str], ...] = (
    {},
    {"learn_back_of": "input"},
    {"learn_back_small": "1,0;0,-1"},
    {"learn_back_example": "lecture_3x3", "learn_back_rate": "1"},
    {"learn_back_example": "lecture_3x4", "learn_back_rate": "0.1"},
    {"learn_back_example": "edge", "learn_back_edge": "0,0.5,0;0,1.25,0;0,0,-3"},
)
