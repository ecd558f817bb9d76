"""Settings that the tests of Step by step run through, and what PyTorch computes for them."""

from decimal import Decimal

import numpy as np
import torch
import torch.nn.functional as F
from hypothesis import strategies as st

from app.lessons.step_by_step.examples import EXAMPLES
from app.lessons.step_by_step.grid_text import grid_text
from app.lessons.step_by_step.operands import input_of, kernel_of
from cnn_core.samples import load_sample

PICTURE = load_sample("mandrill")


WORST = {
    "walk_source": "patch",
    "walk_weights": "random_7",
    "walk_channels": "3",
    "walk_padding": "3",
}


CASES = {
    "lecture": {},
    "edge": EXAMPLES["edge"].changes,
    "colors": EXAMPLES["colors"].changes,
    "flipped, strided, padded": {
        **EXAMPLES["edge"].changes,
        "walk_flip": "1",
        "walk_stride": "2",
        "walk_padding": "1",
        "walk_dilation": "2",
        "walk_bias": "-1.5",
        "walk_activation": "leaky_relu",
    },
    "rounded": {**EXAMPLES["patch"].changes, "walk_weights": "gaussian_5", "walk_channels": "3"},
    "gelu": {"walk_activation": "gelu", "walk_bias": "-12"},
    "line": {"walk_mode": "line", "walk_padding": "2", "walk_flip": "1", "walk_dilation": "2"},
    "tiny": {"walk_weights": "1e-30,5e-324;-1e-9,1e-300", "walk_bias": "1e-12"},
    "max": {**EXAMPLES["colors"].changes, "walk_mode": "max", "walk_pool_padding": "1"},
    "mean": {**EXAMPLES["lecture_4x4"].changes, "walk_mode": "average", "walk_pool_stride": "1"},
    "mean, counting padding": {
        **EXAMPLES["lecture_4x4"].changes,
        "walk_mode": "average",
        "walk_pool_padding": "1",
        "walk_count": "1",
    },
}


def number(text: str) -> Decimal:
    return Decimal(text.replace("−", "-"))


def expected(settings, dtype=torch.float32) -> np.ndarray:
    """What PyTorch makes of the input: (outputs, H', W')."""
    cells = input_of(settings, PICTURE)
    x = torch.tensor(cells, dtype=dtype).permute(2, 0, 1)[None]
    if settings.pools:
        options = {"stride": settings.pool_stride, "padding": settings.pool_padding}
        if settings.kind == "max":
            return F.max_pool2d(x, settings.pool_size, **options)[0].numpy()
        counts = settings.count_padding
        return F.avg_pool2d(x, settings.pool_size, count_include_pad=counts, **options)[0].numpy()
    w = torch.tensor(kernel_of(settings, cells.shape[2]).copy(), dtype=dtype)
    w = w.permute(2, 0, 1)[None]
    down = 0 if settings.mode == "line" else 1
    y = F.conv2d(
        x,
        w.flip(2, 3) if settings.flip else w,
        torch.tensor([settings.bias], dtype=dtype),
        stride=(settings.stride if down else 1, settings.stride),
        padding=(down * settings.padding, settings.padding),
        dilation=(settings.dilation if down else 1, settings.dilation),
    )
    activation = {"relu": F.relu, "leaky_relu": F.leaky_relu, "gelu": F.gelu}
    return activation.get(settings.activation, lambda values: values)(y)[0].numpy()


@st.composite
def slides(draw):
    """Settings of a slide over drawn cells with weights of many or few decimals."""
    seed = draw(st.integers(0, 2**32 - 1))
    generator = np.random.default_rng(seed)
    shape = (draw(st.integers(3, 7)), draw(st.integers(3, 7)), draw(st.integers(1, 3)))
    side = draw(st.integers(1, 3))
    decimals = draw(st.sampled_from([0, 1, 2, 12]))
    cells = generator.integers(-99, 256, shape).astype(float)
    weights = generator.uniform(-2, 2, (side, side, shape[2])).round(decimals)
    return {
        "walk_source": "drawn",
        "walk_cells": grid_text(cells),
        "walk_weights": grid_text(weights),
        "walk_stride": str(draw(st.integers(1, 3))),
        "walk_padding": str(draw(st.integers(0, 2))),
        "walk_flip": str(draw(st.integers(0, 1))),
        "walk_bias": draw(st.sampled_from(["0", "1.5", "-0.125"])),
    }
