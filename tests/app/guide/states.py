"""States of each lesson in which its programs are run, and its sentences and promises checked too.

Settings that are not the default; "picture" is a sample's key, "own", or "larger" for an own one
that is loaded with more pixels than usual.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from app.lesson import Lesson
from app.session.picture import LARGER_SIDE, Picture
from cnn_core.images import resize
from cnn_core.samples import load_sample
from tests.app.guide import (
    decay_network,
    decay_polynomial,
    decay_written,
    drop_views,
    learn_backward,
    learn_epochs,
    learn_kernel,
    learn_train,
    norm_views,
)
from tests.app.guide.drawn import STRIPES, own, sample

DRAWING = "".join("0" * 9 + digit * 10 + "0" * 9 for digit in "0123456789abcdef7" + "f" * 11)
UNIT = {"layer": "norm2a", "channel": "31", "row": "0", "column": "13"}


STATES: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "kernel_lab": (
        {},
        {"picture": "own", "kernel": "1,2;3,4", "stride": "2", "padding": "valid"},
        {"kernel": "box_9", "combine": "gray", "border": "reflect", "activation": "identity"},
        {"kernel": "gabor_45", "combine": "sum", "bias": "-20", "activation": "gelu"},
        {"convention": "convolution", "dilation": "3", "border": "circular", "pooling": "none"},
        {"picture": "larger", "padding": "3", "pooling": "average", "pool_size": "5"},
        {"kernel": "1,2,3,4", "border": "replicate", "activation": "silu", "stride": "3"},
    ),
    "step_by_step": (
        {},
        {"walk_weights": "-1,0,2;1,0.5,-2", "walk_flip": "1", "walk_bias": "-3"},
        {"walk_weights": "gaussian_3", "walk_flip": "1"},
        {"walk_weights": "sobel_x", "walk_flip": "1"},
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
            "picture": "larger",
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
    "pictures": (
        {},
        {"picture": "own", "at": "12,30"},
        {"picture": "lecture_3x3", "look": "gray"},
        {"look": "red", "cells": "4", "at": "100,200"},
        {"picture": "larger", "tint": "gray", "look": "blue"},
        {"picture": "vertical_edge", "look": "gray", "at": "5,5"},
    ),
    "dense_layer": (
        {},
        {"picture": "own", "dense_pixel": "0,27", "neuron": "3", "first_kernel": "7"},
        {"unrolled": "lecture"},
        {"unrolled": "garment", "garment": "18", "dense_pixel": "27,5"},
        {"dense_view": "parameters", "dense_channels": "1", "dense_kernel": "7"},
        {"dense_view": "parameters", "dense_height": "2", "dense_width": "3", "dense_kernel": "5"},
        {"dense_view": "shuffle", "shuffle_block": "7", "square": "0,0,20"},
        {"dense_view": "shuffle", "source": "picture", "picture": "larger", "shuffle_share": "40"},
        {"dense_view": "shuffle", "shuffle_share": "0"},
        {"dense_view": "sides", "square": "1,3,8"},
        {"dense_view": "sides", "source": "drawn", "drawing": STRIPES, "square": "0,0,22"},
    ),
    "inside_cnn": (
        {},
        {"picture": "larger", "layer": "stem_relu6", "channel": "3", "row": "40", "column": "41"},
        {"network": "fashion_cnn", "layer": "relu2b"},
        {"network": "fashion_cnn", "garment": "147", "layer": "pool3", "channel": "5"},
        {"network": "fashion_mlp", "layer": "relu1", "channel": "7"},
        {"layer": "head_relu6", "map_order": "effect"},
        {"network": "fashion_cnn", "layer": "pool3", "map_order": "selectivity"},
        {"network": "fashion_mlp", "source": "drawn", "layer": "relu2", "map_order": "strength"},
        {"network": "fashion_mlp", "source": "drawn", "layer": "dense1"},
        {"network": "fashion_cnn", "source": "drawn", "drawing": DRAWING, "layer": "softmax"},
        {"network": "fashion_cnn", "source": "picture", "picture": "own", **UNIT},
        {"last_layer": "taught"},
        {"last_layer": "taught", "layer": "dense", "channel": "1", "picture": "cat"},
        {"last_layer": "taught", "layer": "softmax", "channel": "0", "row": "0", "column": "0"},
        {
            "network": "fashion_cnn",
            "garment": "12",
            "layer": "pool2",
            "channel": "9",
            "row": "3",
            "column": "6",
        },
    ),
    "look_at": (
        {},
        {"picture": "cat", "class": "282", "heat": "occlusion"},
        {"picture": "larger", "class": "504"},
        {
            "network": "fashion_cnn",
            "garment": "3",
            "class": "7",
            "layer": "relu1a",
            "channel": "4",
            "unit_method": "integrated_gradients",
        },
        {
            "network": "fashion_cnn",
            "source": "drawn",
            "drawing": STRIPES,
        },
        {"network": "fashion_cnn", "source": "picture", "picture": "own", "class": "0"},
        {
            "network": "fashion_cnn",
            "source": "drawn",
            "layer": "conv1b",
            "unit_method": "smooth_grad",
        },
        {"network": "fashion_mlp", "garment": "8", "square": "4,6,10"},
    ),
    "translation": (
        {},
        {"shift_x": "100", "shift_columns": "2", "shift_kind": "average"},
        {"shift_view": "order", "shift_activation": "silu", "shift_bias": "-2.5"},
        {"shift_view": "picture", "shift_by": "3,-5", "shift_layers": "3"},
        {
            "shift_view": "picture",
            "picture": "own",
            "shift_downsampling": "blur",
            "shift_by": "0,7",
            "shift_layers": "4",
        },
        {"shift_view": "picture", "picture": "larger", "shift_downsampling": "stride"},
        {"shift_view": "picture", "shift_downsampling": "average", "shift_by": "0,-2"},
        {"shift_view": "network", "shift_by": "0,5"},
        {"shift_view": "network", "network": "fashion_cnn", "garment": "12", "shift_by": "-3,2"},
        {"shift_view": "network", "network": "fashion_mlp", "shift_by": "2,0"},
    ),
    "cats_vs_dogs": (
        {},
        {"picture": "cat"},
        {"picture": "cat", "animal_threshold": "95"},
        {"picture": "dog"},
        {"picture": "own", "animal_threshold": "1"},
        {"picture": "larger", "taught_view": "teach"},
        {"taught_view": "teach", "taught_decay": "10"},
        {"taught_view": "teach", "taught_set": "noise", "taught_decay": "10"},
        {"taught_view": "teach", "taught_set": "three", "taught_class": "2", "picture": "own"},
        {"taught_view": "teach", "taught_set": "things", "taught_most": "2"},
        {"taught_view": "teach", "taught_set": "pets", "picture": "dog"},
        {"taught_view": "teach", "taught_copies": "1", "taught_most": "4"},
        {"taught_view": "teach", "taught_dropout": "50"},
        {"taught_view": "teach", "taught_set": "noise", "taught_dropout": "80"},
        {"taught_view": "teach", "taught_set": "own", "picture": "cat"},
        {"taught_view": "starts"},
        {"taught_view": "starts", "taught_set": "noise", "starts_side": "64"},
        {"taught_view": "starts", "taught_set": "three", "starts_count": "1"},
        {"taught_view": "starts", "taught_set": "things"},
        {"taught_view": "starts", "taught_set": "own", "picture": "cat"},
    ),
    "dropout": drop_views.STATES,
    "watch_it_learn": (
        *({"learn_view": "kernel", **one} for one in learn_kernel.STATES),
        *({"learn_view": "backward", **one} for one in learn_backward.STATES),
        *({"learn_view": "epochs", **one} for one in learn_epochs.STATES),
        *({"learn_view": "train", **one} for one in learn_train.STATES),
    ),
    "batch_norm": norm_views.STATES,
    "weight_decay": (
        *({"decay_view": "polynomial", **one} for one in decay_polynomial.STATES),
        *({"decay_view": "network", **one} for one in decay_network.STATES),
        *({"decay_view": "written", **one} for one in decay_written.STATES),
    ),
}


def _picture(key: str) -> Picture:
    if key not in ("own", "larger"):
        return sample(key)
    part = load_sample("coffee")[40:120, 30:170].copy()
    if key == "own":
        return own(part, "my holiday.png")
    larger = own(resize(part, height=560, width=980), "my holiday.png")
    return replace(larger, max_side=LARGER_SIDE)


def states_of(lesson: Lesson) -> Iterator[tuple[dict[str, str], Picture]]:
    """All settings and the picture of each state."""
    for state in STATES[lesson.key]:
        picture = _picture(state.get("picture", "mandrill"))
        changed = {name: text for name, text in state.items() if name != "picture"}
        yield {name: one.default for name, one in lesson.settings.items()} | changed, picture
