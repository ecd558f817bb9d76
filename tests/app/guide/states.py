"""States of each lesson in which its programs are run, settings that are not the default."""

from collections.abc import Mapping

STATES: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "kernel_lab": (
        {},
        {"picture": "own", "kernel": "1,2;3,4", "stride": "2", "padding": "valid"},
        {"kernel": "box_9", "combine": "gray", "border": "reflect", "activation": "identity"},
        {"kernel": "gabor_45", "combine": "sum", "bias": "-20", "activation": "gelu"},
        {"convention": "convolution", "dilation": "3", "border": "circular", "pooling": "none"},
        {"picture": "own", "padding": "3", "pooling": "average", "pool_size": "5"},
        {"kernel": "1,2,3,4", "border": "replicate", "activation": "silu", "stride": "3"},
    ),
}
