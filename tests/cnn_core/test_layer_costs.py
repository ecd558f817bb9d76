"""Numbers to learn, memory and multiplications of a dense layer and of a convolution."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.utils.flop_counter import FlopCounterMode

from cnn_core.errors import CnnCoreError
from cnn_core.layer_costs import LayerCost, PictureSize, convolution_cost, dense_cost

SIZES = st.builds(
    PictureSize,
    height=st.integers(1, 40),
    width=st.integers(1, 40),
    channels=st.integers(1, 4),
)
LECTURE = PictureSize(height=700, width=1050, channels=3)
PHOTOGRAPH = PictureSize(height=3000, width=4000, channels=3)


def counted(layer: torch.nn.Module, shape: tuple[int, ...]) -> LayerCost:
    """What PyTorch counts, without computing anything."""
    with torch.device("meta"), FlopCounterMode(display=False) as flops:
        output = layer.to("meta")(torch.zeros(1, *shape))
    weight, bias = layer.weight, layer.bias
    return LayerCost(
        weights=weight.numel(),
        biases=bias.numel(),
        outputs=output.numel(),
        multiplications=flops.get_total_flops() // 2,  # a product and a sum each
    )


@settings(deadline=None)  # the first call loads what counts
@given(size=SIZES, units=st.integers(1, 20))
def test_a_dense_layer_costs_what_pytorch_counts(size: PictureSize, units: int) -> None:
    layer = torch.nn.Linear(size.numbers, units, device="meta")
    assert dense_cost(size, units) == counted(layer, (size.numbers,))


@settings(deadline=None)  # the first call loads what counts
@given(size=SIZES, maps=st.integers(1, 20), half=st.integers(0, 4))
def test_a_convolution_costs_what_pytorch_counts(size: PictureSize, maps: int, half: int) -> None:
    layer = torch.nn.Conv2d(size.channels, maps, 2 * half + 1, padding=half, device="meta")
    shape = (size.channels, size.height, size.width)
    assert convolution_cost(size, maps, kernel=2 * half + 1) == counted(layer, shape)


def test_the_lectures_picture_and_a_photograph() -> None:
    assert dense_cost(LECTURE, 1).weights == 2_205_000
    assert dense_cost(PHOTOGRAPH, 1).weights == 36_000_000
    assert dense_cost(PHOTOGRAPH, 1000).megabytes == pytest.approx(144_000.004)
    assert convolution_cost(PHOTOGRAPH, 16, kernel=3).parameters == 16 * (27 + 1)


def test_what_cannot_be_counted_is_refused_in_a_sentence() -> None:
    for wrong in (
        lambda: PictureSize(height=0, width=3),
        lambda: dense_cost(LECTURE, 0),
        lambda: convolution_cost(LECTURE, 1, kernel=2),
    ):
        with pytest.raises(CnnCoreError, match=r"\.$"):
            wrong()
