"""States of each lesson in which its programs are run, settings that are not the default."""

from collections.abc import Mapping

DRAWING = "0" * 300 + "8f8" * 60 + "0" * 304
"""Three stripes, as the setting "drawing" has them."""

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
    "look_at": (
        {},
        {"picture": "cat", "class": "282", "heat": "occlusion"},
        {"picture": "own", "class": "504"},
        {"network": "fashion_cnn", "garment": "3", "class": "7"},
        {
            "network": "fashion_cnn",
            "source": "drawn",
            "drawing": "0" * 300 + "8f8" * 60 + "0" * 304,
        },
        {"network": "fashion_cnn", "source": "picture", "picture": "own", "class": "0"},
        {"network": "fashion_cnn", "source": "drawn"},
        {"network": "fashion_mlp", "garment": "8", "square": "4,6,10"},
    ),
}
