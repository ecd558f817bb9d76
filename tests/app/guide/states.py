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
    "step_by_step": (
        {},
        {"walk_weights": "-1,0,2;1,0.5,-2", "walk_flip": "1", "walk_bias": "-3"},
        {"walk_source": "lecture_4x4", "walk_mode": "max"},
        {
            "walk_source": "lecture_4x4",
            "walk_mode": "average",
            "walk_pool_padding": "1",
            "walk_count": "1",
        },
        {
            "walk_source": "colors",
            "walk_mode": "average",
            "walk_pool": "3",
            "walk_pool_stride": "1",
            "walk_pool_padding": "1",
        },
        {"walk_source": "colors", "walk_mode": "max", "walk_pool_padding": "1"},
        {"walk_mode": "line", "walk_stride": "2", "walk_padding": "2", "walk_activation": "gelu"},
        {
            "picture": "own",
            "walk_source": "patch",
            "walk_channels": "3",
            "walk_patch": "5,20,3",
            "walk_weights": "gaussian_3",
        },
        {
            "walk_source": "edge",
            "walk_weights": "sobel_x",
            "walk_dilation": "2",
            "walk_activation": "relu",
        },
        {"walk_source": "edge", "walk_weights": "sobel_x", "walk_activation": "sigmoid"},
        {"walk_weights": "1/9,2/9;-1/9,0.01", "walk_padding": "3", "walk_activation": "silu"},
    ),
}
