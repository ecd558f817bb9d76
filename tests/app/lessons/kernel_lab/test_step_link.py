"""What the Kernel lab opens in Step by step is the same sum."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.lessons.kernel_lab import step_link
from app.lessons.kernel_lab.frame import RESPONSE
from app.lessons.kernel_lab.place import explain_place
from app.lessons.kernel_lab.settings import read_settings
from app.lessons.kernel_lab.step_link import step_settings
from app.lessons.step_by_step import settings as step
from app.lessons.step_by_step.grid_text import WEIGHT_LIMIT
from app.lessons.step_by_step.operands import input_of, kernel_of
from cnn_core.convolution import explain_output
from cnn_core.errors import CnnCoreError
from cnn_core.samples import load_sample

MANDRILL = load_sample("mandrill")


def opened(pixels: np.ndarray, texts: dict[str, str], row: int, column: int, channel: int) -> float:
    """The output at the pinned place of Step by step, opened from a place of the lab."""
    at = read_settings(texts)
    place = explain_place(pixels, at.layer, panel=RESPONSE, row=row, column=column)
    cell = place.cells[min(channel, len(place.cells) - 1)]
    there = step.read_settings(step_settings(pixels.shape, at, cell, channel=channel))
    cells = input_of(there, pixels)
    assert there.at is not None
    found = explain_output(
        cells,
        kernel_of(there, cells.shape[2]),
        *there.at,
        **{**there.convolution_options, "padding": there.padding},
    )
    np.testing.assert_allclose(found.value, cell.value, atol=1e-2)
    return found.value


_WEIGHTS = st.sampled_from(
    ("sobel_x", "1", "1,2;3,4", "1,-2,3", "box_5", "random_7", "0.5,1/3;-1,2;4,5")
)


@settings(max_examples=80, deadline=None)
@given(
    texts=st.fixed_dictionaries(
        {
            "kernel": _WEIGHTS,
            "stride": st.sampled_from("1234"),
            "dilation": st.sampled_from("123"),
            "padding": st.sampled_from(("same", "valid", "1", "2", "3")),
            "border": st.sampled_from(("zeros", "reflect")),
            "combine": st.sampled_from(("channels", "sum", "gray")),
            "bias": st.sampled_from(("0", "-7.5")),
            "convention": st.sampled_from(("correlation", "convolution")),
        }
    ),
    size=st.tuples(st.integers(1, 40), st.integers(1, 40)),
    shares=st.tuples(st.floats(0, 0.999), st.floats(0, 0.999)),
    channel=st.integers(0, 2),
)
def test_step_by_step_opens_with_the_same_sum(
    texts: dict[str, str], size: tuple[int, int], shares: tuple[float, float], channel: int
) -> None:
    pixels = np.ascontiguousarray(MANDRILL[100 : 100 + size[0], 200 : 200 + size[1]])
    try:
        shape = read_settings(texts).layer.windows.output_shape(pixels.shape)
        place = [int(share * length) for share, length in zip(shares, shape, strict=True)]
        opened(pixels, texts, *place, channel)
    except CnnCoreError:
        assume(False)


@pytest.mark.parametrize("place", [(0, 0), (511, 511), (0, 300), (200, 511), (256, 256)])
@pytest.mark.parametrize("combine", ["channels", "sum", "gray"])
def test_every_place_of_an_ordinary_kernel_can_be_opened(
    place: tuple[int, int], combine: str
) -> None:
    for kernel in ("sobel_x", "1", "gaussian_5", "random_7"):
        opened(MANDRILL, {"kernel": kernel, "combine": combine}, *place, 1)


def test_a_preset_keeps_its_name_and_one_channel_has_zeros_on_the_others() -> None:
    at = read_settings({"kernel": "sobel_x", "combine": "gray"})
    cell = explain_place(MANDRILL, at.layer, panel=RESPONSE, row=9, column=9).cells[0]
    assert step_settings(MANDRILL.shape, at, cell, channel=0)["walk_weights"] == "sobel_x"
    at = read_settings({"kernel": "1,2"})
    cell = explain_place(MANDRILL, at.layer, panel=RESPONSE, row=9, column=9).cells[1]
    assert step_settings(MANDRILL.shape, at, cell, channel=1)["walk_weights"] == "0,0|1,2|0,0"


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ({"kernel": "box_9"}, "Step by step has kernels of at most 7 × 7 weights."),
        ({"stride": "5"}, "Step by step has a stride of at most 4."),
        ({"dilation": "4"}, "Step by step has a dilation of at most 3."),
        ({"kernel": "100,1"}, "Step by step has weights from −99 to 99."),
        (
            {"kernel": "random_7", "dilation": "2"},
            "Step by step shows at most 10 × 10 pixels, and this window covers 13.",
        ),
        (
            {"border": "reflect"},
            "This window reads pixels outside the picture. Step by step has only zeros there.",
        ),
    ],
    ids=str,
)
def test_what_step_by_step_cannot_show_is_refused_with_a_sentence(
    texts: dict[str, str], sentence: str
) -> None:
    with pytest.raises(CnnCoreError) as refused:
        opened(MANDRILL, texts, 0, 0, 0)
    assert str(refused.value) == sentence


def test_the_limits_are_those_of_step_by_step() -> None:
    assert step_link.KERNEL_MAX == step.KERNEL_MAX
    assert step_link.STRIDE_MAX == step.STRIDE_MAX
    assert step_link.PADDING_MAX == step.PADDING_MAX
    assert step_link.DILATION_MAX == step.DILATION_MAX
    assert step_link.WEIGHT_MAX == WEIGHT_LIMIT
    assert (step_link.SIDE_MAX, step_link.SIDE_MAX_MANY) == (step.SIDE_MAX, step.SIDE_MAX_MANY)
