"""How the settings of the view "polynomial" of Weight decay are drawn, and states to be tried."""

from collections.abc import Mapping

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from app.lessons.weight_decay.polynomial.settings import LAMBDAS, OFF, STEPS

_HUNDREDTHS = st.tuples(st.integers(-100, 100), st.integers(-200, 200))


def _text(points: list[tuple[int, int]]) -> str:
    return ";".join(f"{x / 100:.3g},{y / 100:.3g}" for x, y in points)


SETTINGS: Mapping[str, SearchStrategy[str]] = {
    "decay_source": st.sampled_from(("sine", "row")),
    "decay_seed": st.integers(0, 40).map(str),
    "decay_points": st.just("") | st.lists(_HUNDREDTHS, min_size=1, max_size=30).map(_text),
    "decay_degree": st.integers(0, 12).map(str),
    "decay_lambda": st.sampled_from(tuple(LAMBDAS)),
    "decay_steps": st.just(OFF) | st.sampled_from(STEPS),
    "decay_truth": st.just("0"),
    "decay_test": st.just("0"),
    "decay_cv": st.sampled_from(("0", "1")),
}
STATES: tuple[Mapping[str, str], ...] = (
    {},
    {"decay_lambda": "0.05", "decay_cv": "1"},
    {"decay_steps": "100", "decay_degree": "5"},
    {"picture": "own", "decay_source": "row", "decay_lambda": "1e-6", "decay_steps": "1000"},
    {"decay_points": "-0.5,1;0,0.25;0.5,-1.75", "decay_degree": "12"},
    {"decay_degree": "3", "decay_lambda": "10"},
)
