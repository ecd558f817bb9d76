"""The painter's cells: few digits, and the colors of the kernel's own scale."""

import pytest

from app.drawing.colors import DIVERGING, table
from app.lessons.kernel_lab.frame import lab_frame
from app.lessons.kernel_lab.kernel_cells import kernel_cells, weight_text
from app.lessons.kernel_lab.settings import SETTINGS, read_settings
from cnn_core.kernels.choice import parse_kernel_choice
from cnn_core.samples import load_sample


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-2.0, "−2"),
        (0.0625, ".06"),
        (1 / 9, ".11"),
        (-0.5, "−.5"),
        (0.001, "0"),
        (-0.001, "0"),
        (12.34, "12.3"),
        (123.45, "123"),
        (9.999, "10"),
        (100.0, "100"),
        (0.0, "0"),
        (1e6, "1e6"),
        (-123456.0, "−1.2e5"),
        (12345.0, "12345"),
    ],
)
def test_a_weight_is_short_with_a_real_minus_sign(value: float, text: str) -> None:
    assert weight_text(value) == text


def test_zero_is_neutral_and_the_largest_weight_ends_the_scale() -> None:
    cells = kernel_cells(parse_kernel_choice("-3,0;1.5,3"))
    colors = table(DIVERGING)
    expected = ["#{:02x}{:02x}{:02x}".format(*colors[at]) for at in (1, 128, 255)]
    assert [cells["fills"][at] for at in (0, 1, 3)] == expected
    assert cells["texts"] == ["−3", "0", "1.5", "3"]


@pytest.mark.parametrize(
    ("tiny", "shown"), [("1e-30", "1e−30"), ("5e-324", "4.9e−324"), ("0.001", "1e−3")]
)
def test_a_kernel_of_tiny_weights_shows_them_and_its_colors(tiny: str, shown: str) -> None:
    cells = kernel_cells(parse_kernel_choice(f"{tiny},0;0,-{tiny}"))
    assert cells["fills"] == kernel_cells(parse_kernel_choice("1,0;0,-1"))["fills"]
    assert cells["texts"] == [shown, "0", "0", f"−{shown}"]


def test_a_kernel_of_zeros_is_neutral_throughout() -> None:
    fills = kernel_cells(parse_kernel_choice("0,0;0,0"))["fills"]
    assert set(fills) == {"#{:02x}{:02x}{:02x}".format(*table(DIVERGING)[128])}


def test_every_frame_brings_the_cells_of_its_kernel() -> None:
    texts = {key: setting.default for key, setting in SETTINGS.items()} | {"kernel": "1,2;3,4"}
    picture = load_sample("coffee")[:32, :32]
    header, _ = lab_frame(picture, read_settings(texts), texts)
    assert header["kernel"]["cells"] == kernel_cells(parse_kernel_choice("1,2;3,4"))
