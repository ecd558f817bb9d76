"""How the settings of the view "kernel" of Watch it learn are drawn, and states to be tried."""

from collections.abc import Mapping

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from app.lessons.watch_it_learn.kernel.settings import BATCHES, HIDDEN, MOMENTA, RATES, SPEEDS

SETTINGS: Mapping[str, SearchStrategy[str]] = {
    "learn_hidden": st.sampled_from(tuple(HIDDEN)),
    "learn_rate": st.sampled_from(RATES),
    "learn_momentum": st.sampled_from(MOMENTA),
    "learn_batch": st.sampled_from(BATCHES),
    "learn_pixels": st.just("raw"),
    "learn_seed": st.integers(0, 50).map(str),
    "learn_step": st.integers(1, 300).map(str),
    "learn_speed": st.sampled_from(SPEEDS),
}
STATES: tuple[Mapping[str, str], ...] = (
    {},
    {"learn_step": "200"},
    {"learn_step": "60", "learn_rate": "1"},
    {"learn_step": "90", "learn_batch": "16", "learn_rate": "0.01", "learn_hidden": "box_5"},
    {
        "picture": "own",
        "learn_step": "25",
        "learn_pixels": "raw",
        "learn_seed": "3",
        "learn_hidden": "difference_x",
        "learn_momentum": "0",
    },
)
