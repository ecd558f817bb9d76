"""How the settings of the view "epochs" of Watch it learn are drawn, and states to be tried."""

from collections.abc import Mapping

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

_ROWS = "0" * 300 + "8f8" * 60 + "0" * 304

SETTINGS: Mapping[str, SearchStrategy[str]] = {
    "learn_epochs_of": st.sampled_from(("fashion_cnn", "fashion_mlp")),
    "learn_cnn_epoch": st.sampled_from(("0", "0.064", "0.248", "5", "80")),
    "learn_cnn_other": st.sampled_from(("", "0", "0.5", "80")),
    "learn_cnn_maps": st.sampled_from(("relu1a", "pool3")),
    "learn_dense_epoch": st.sampled_from(("0", "0.5", "10", "40")),
    "learn_dense_other": st.sampled_from(("", "2", "40")),
    "learn_dense_maps": st.sampled_from(("relu1", "relu2")),
    "learn_colors": st.sampled_from(("own", "all")),
    "source": st.sampled_from(("garment", "garment", "drawn", "picture")),
    # Few, so that what the networks make of them is computed once.
    "garment": st.sampled_from(("0", "12", "23")),
    "drawing": st.just(_ROWS),
}
STATES: tuple[Mapping[str, str], ...] = (
    {},
    {
        "learn_cnn_epoch": "0.5",
        "learn_cnn_other": "3",
        "learn_cnn_maps": "pool3",
        "learn_colors": "all",
        "source": "picture",
        "picture": "own",
    },
    {
        "learn_epochs_of": "fashion_mlp",
        "learn_dense_epoch": "0.248",
        "source": "drawn",
        "drawing": _ROWS,
    },
)
