"""How the settings of Batch normalization are drawn, and states to be tried, view by view."""

from collections.abc import Mapping

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from app.lessons.batch_norm.points.attempts import GROUPS, LINE, OUTLIER
from app.lessons.batch_norm.settings import VIEWS
from app.lessons.batch_norm.trained.settings import MOMENTA, PARTS

_NUMBERS = st.integers(-30, 30).map(lambda tenths: f"{tenths / 10:g}")
_POINTS = st.lists(st.tuples(_NUMBERS, _NUMBERS).map(",".join), min_size=2, max_size=8).map(
    ";".join
)
_ROWS = "0" * 300 + "8f8" * 60 + "0" * 304

SETTINGS: Mapping[str, SearchStrategy[str]] = {
    "norm_view": st.sampled_from(tuple(VIEWS)),
    "norm_points": _POINTS | st.sampled_from((LINE, OUTLIER, GROUPS, "1,1;1,2", "0,0;1,1;2,0")),
    "norm_selected": st.integers(0, 8).map(str),
    # Few, so that what the network makes of them is computed once.
    "norm_layer": st.sampled_from(("norm1a", "norm3b")),
    "norm_channel": st.integers(0, 15).map(str),
    "norm_size": st.sampled_from(("1", "2", "128")),
    "norm_others": st.sampled_from(("0", "1")),
    "norm_member": st.just("out"),
    "norm_mode": st.just("eval"),
    "norm_gamma": st.sampled_from(("0", "1", "-2.5")),
    "norm_beta": st.sampled_from(("0", "0.75")),
    "source": st.sampled_from(("garment", "garment", "garment", "drawn", "picture")),
    "garment": st.sampled_from(("0", "48")),
    "drawing": st.just(_ROWS),
    "norm_part": st.sampled_from(tuple(PARTS)),
    "norm_momentum": st.sampled_from(MOMENTA),
    "norm_measure": st.just("loss"),
}
_TRAINED = {"norm_view": "trained"}
STATES: tuple[Mapping[str, str], ...] = (
    {},
    {"norm_points": LINE, "norm_selected": "8"},
    {"norm_points": OUTLIER, "norm_selected": "0"},
    {"norm_points": "0,0;1,0;2,0"},
    {"norm_view": "maps"},
    {"norm_view": "maps", "norm_size": "1", "norm_layer": "norm1a"},
    {
        "norm_view": "maps",
        "source": "picture",
        "picture": "own",
        "norm_member": "out",
        "norm_size": "8",
        "norm_layer": "norm3a",
        "norm_channel": "60",
    },
    {"norm_view": "maps", "norm_mode": "eval", "norm_size": "128", "garment": "48"},
    {**_TRAINED},
    {**_TRAINED, "norm_momentum": "0.01", "norm_layer": "norm1b", "norm_others": "3"},
    {**_TRAINED, "norm_part": "order", "norm_size": "64"},
    {**_TRAINED, "norm_part": "fold", "norm_layer": "norm1a", "norm_channel": "7"},
    {**_TRAINED, "norm_part": "runs"},
    {**_TRAINED, "norm_part": "fold", "norm_layer": "norm2b", "norm_channel": "7"},
)
