"""How the settings of Dropout are drawn, and states to be tried."""

from collections.abc import Mapping

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from app.lessons.dropout.average.settings import COUNTS
from app.lessons.dropout.doubt.settings import COUNTS as DOUBT_COUNTS
from app.lessons.dropout.gap.settings import SHARES
from app.lessons.dropout.settings import VIEWS

_KEPT = st.sampled_from(("0.05", "0.2", "0.5", "0.85", "1"))

SETTINGS: Mapping[str, SearchStrategy[str]] = {
    "drop_view": st.sampled_from(tuple(VIEWS)),
    "drop_keep": _KEPT,
    "drop_mask": st.integers(0, 9999).map(str),
    "drop_mode": st.just("eval"),
    "drop_convention": st.just("scale_at_eval"),
    "drop_maps": st.just("map"),
    "drop_neuron": st.sampled_from(("1,0", "1,5", "2,3", "3,2")),
    "drop_count": st.sampled_from(COUNTS),
    "drop_seed": st.integers(0, 9999).map(str),
    "drop_share": st.sampled_from(SHARES),
    "drop_doubt_keep": _KEPT,
    "drop_doubt_count": st.sampled_from(DOUBT_COUNTS),
    "garment": st.integers(0, 40).map(str),
}
STATES: tuple[Mapping[str, str], ...] = (
    {},
    {"drop_mode": "eval", "drop_convention": "scale_at_eval", "drop_keep": "0.4"},
    {"picture": "own", "drop_keep": "0.25", "drop_mask": "17", "drop_convention": "scale_at_eval"},
    {"drop_maps": "map", "drop_keep": "1", "picture": "larger"},
    {"drop_view": "average"},
    {"drop_view": "average", "drop_count": "3", "drop_keep": "0.5", "picture": "own"},
    {"drop_view": "gap", "drop_share": "0.4"},
    {"drop_view": "doubt"},
    {"drop_view": "doubt", "drop_doubt_keep": "0.3", "drop_doubt_count": "50", "picture": "own"},
    {"drop_view": "doubt", "drop_doubt_keep": "1", "garment": "23"},
    {"drop_view": "doubt", "garment": "4", "picture": "cat"},
)
