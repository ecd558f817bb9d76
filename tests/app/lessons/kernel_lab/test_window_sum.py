"""The sum at a place is the number that the pictures show there."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.drawing.numbers import MINUS, number_text
from app.lessons.kernel_lab.frame import ACTIVATED, POOLED, RESPONSE, SOURCE
from app.lessons.kernel_lab.place import explain_place, nearest_output
from app.lessons.kernel_lab.settings import KernelLabSettings, read_settings
from app.lessons.kernel_lab.window_sum import middle_frame, place_frame
from app.session.picture import Picture
from cnn_core.convolution import explain_output
from cnn_core.errors import CnnCoreError
from cnn_core.feature_map import convolution_arguments, feature_map
from cnn_core.geometry import Window, input_indices
from cnn_core.samples import load_sample
from tests.app.guide.drawn import GUIDED, settings_of, small_pictures

MANDRILL = load_sample("mandrill")
LAB = next(one for one in GUIDED if one.key == "kernel_lab")


def close(found: object, expected: object, at: KernelLabSettings) -> None:
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5 * (1 + at.possible))


@settings(max_examples=80, deadline=None)
@given(settings_of(LAB), small_pictures(), st.floats(0, 0.999), st.floats(0, 0.999))
def test_every_place_is_the_cell_of_the_picture_that_shows_it(
    texts: dict[str, str], picture: Picture, down: float, across: float
) -> None:
    at = read_settings(texts)
    try:
        maps = feature_map(picture.pixels, at.layer)
    except CnnCoreError:
        return
    shown = {RESPONSE: maps.response, ACTIVATED: maps.activated, POOLED: maps.pooled}
    for panel, values in shown.items():
        if values is None:
            continue
        row, column = int(down * values.shape[0]), int(across * values.shape[1])
        place = explain_place(picture.pixels, at.layer, panel=panel, row=row, column=column)
        for number, cell in enumerate(place.cells):
            response = np.atleast_1d(maps.response[cell.row, cell.column])[number]
            total = cell.products.sum() + cell.bias
            close(total, response, at)
            close(cell.value, response, at)
            close(cell.channel_sums.sum() + cell.bias, response, at)
            close(
                place.activated[number],
                np.atleast_1d(maps.activated[cell.row, cell.column])[number],
                at,
            )
        if place.pooled and maps.pooled is not None:
            block = place.pooled
            close(block.values, np.atleast_1d(maps.pooled[block.row, block.column]), at)
            if panel == POOLED:
                assert (block.row, block.column) == (row, column)
        if panel == POOLED and at.layer.pooling == "max":
            close(place.activated, np.atleast_1d(values[row, column]), at)


@settings(max_examples=100, deadline=None)
@given(
    size=st.integers(1, 9),
    stride=st.integers(1, 8),
    dilation=st.integers(1, 4),
    padding=st.integers(0, 8),
    length=st.integers(1, 60),
    share=st.floats(0, 0.999),
)
def test_a_pixel_stands_for_the_window_that_is_nearest(
    size: int, stride: int, dilation: int, padding: int, length: int, share: float
) -> None:
    window = Window(size=size, stride=stride, dilation=dilation, padding=padding)
    try:
        cells = input_indices(length, window)
    except CnnCoreError:
        return
    pixel = int(share * length)
    away = np.abs((cells[:, 0] + cells[:, -1]) / 2 - pixel)
    assert away[nearest_output(window, pixel, length)] == away.min()


def number(text: str) -> float:
    return float(text.replace(MINUS, "-"))


@pytest.mark.parametrize(
    "texts",
    [
        {},
        {"combine": "sum", "bias": "7", "activation": "identity"},
        {"combine": "gray", "kernel": "1,2;3,4", "stride": "3"},
        {
            "kernel": "1,2,3;4,5,6",
            "border": "reflect",
            "dilation": "2",
            "convention": "convolution",
        },
    ],
    ids=str,
)
@pytest.mark.parametrize("row", [0, 3, 40])
def test_the_texts_are_the_windows_numbers(texts: dict[str, str], row: int) -> None:
    at = read_settings(texts)
    header, blobs = place_frame(MANDRILL, at, panel=RESPONSE, row=row, column=5)
    source, weights = convolution_arguments(MANDRILL, at.layer)
    shown = header["sum"]
    for count, channel in enumerate(shown["channels"]):
        each = at.layer.combine == "depthwise"
        cell = explain_output(
            source, weights, row, 5, channel=count if each else 0, **at.layer.options
        )
        slot = 0 if each else count
        for name in ("products", "weights"):
            found = [number(text) for text in channel[name]]
            assert found == getattr(cell, name)[:, :, slot].ravel().tolist()
        assert [number(text) for text in channel["pixels"]] == cell.values[
            :, :, slot
        ].ravel().tolist()
        assert channel["outside"] == np.flatnonzero(cell.is_padding).tolist()
        assert ("outside the picture" in channel["note"]) == bool(cell.is_padding.any())
        assert number(channel["sum"]) == cell.channel_sums[slot]
        result = shown["total"] or channel
        assert result["response"] == number_text(cell.value)
    assert shown["bias"] == ("+ 7" if at.layer.bias else "")
    size = 3 * at.layer.weights.size * len(shown["channels"])
    assert [(one.name, len(one.data)) for one in blobs] == [("pixels", size), ("products", size)]


def test_added_channels_add_up_to_the_total() -> None:
    at = read_settings({"combine": "sum", "bias": "-12"})
    shown = place_frame(MANDRILL, at, panel=RESPONSE, row=100, column=200)[0]["sum"]
    total = sum(number(channel["sum"]) for channel in shown["channels"])
    assert number(shown["total"]["sum"]) == total
    assert number(shown["total"]["response"]) == total - 12


def test_a_pooled_place_shows_the_window_of_the_largest_output() -> None:
    at = read_settings({"pool_size": "3"})
    maps = feature_map(MANDRILL, at.layer)
    assert maps.pooled is not None
    shown = place_frame(MANDRILL, at, panel=POOLED, row=20, column=30)[0]["sum"]
    for count, channel in enumerate(shown["channels"]):
        block = maps.activated[60:63, 90:93, count]
        down, across = np.unravel_index(block.argmax(), block.shape)
        assert channel["title"] == f"Row {60 + down}, column {90 + across}"
        assert channel["activated"] == number_text(float(maps.pooled[20, 30, count]))
        assert channel["pooled"].startswith("Max pool: the largest of 9 outputs is ")


def test_an_output_that_no_pooling_window_covers_says_so() -> None:
    at = read_settings({"pool_size": "3"})
    shown = place_frame(MANDRILL, at, panel=RESPONSE, row=511, column=511)[0]["sum"]
    assert "no pooling window covers it" in shown["channels"][0]["pooled"]


def test_a_large_kernel_has_numbers_for_its_strongest_products() -> None:
    at = read_settings({"kernel": "box_9"})
    channel = place_frame(MANDRILL, at, panel=SOURCE, row=0, column=0)[0]["sum"]["channels"][0]
    window = MANDRILL[:5, :5, 0].astype(float)
    strongest = np.sort(window.ravel())[::-1][:3]
    assert channel["products"] == []
    assert [line.split("]  ")[1].split(" ×")[0] for line in channel["strongest"]] == [
        f"{value:.0f}" for value in strongest
    ]
    assert channel["inside"] == [4, 4, 9, 9]


@pytest.mark.parametrize("weight", ["1e6", "-1e6", "1e-30", "5e-324", "0"])
def test_extreme_weights_give_texts_a_browser_reads(weight: str) -> None:
    texts = {"kernel": ";".join([",".join([weight] * 7)] * 7), "activation": "softplus"}
    header, _ = place_frame(MANDRILL, read_settings(texts), panel=RESPONSE, row=9, column=9)
    text = json.dumps(header, allow_nan=False)
    assert "nan" not in text
    assert "inf" not in text


def test_the_page_starts_with_the_middle_and_without_it_where_nothing_fits() -> None:
    header, blobs = middle_frame(MANDRILL, read_settings({"stride": "2"}))
    assert header is not None
    assert header["place"] == {"panel": RESPONSE, "row": 128, "column": 128}
    assert len(blobs) == 2
    unfit = read_settings({"kernel": "box_9", "padding": "valid"})
    assert middle_frame(MANDRILL[:4, :4], unfit) == (None, [])


@pytest.mark.parametrize("panel", ["nothing", RESPONSE, SOURCE, POOLED])
def test_a_place_that_there_is_not_is_refused(panel: str) -> None:
    with pytest.raises(CnnCoreError, match=r"outside the|no such picture"):
        explain_place(MANDRILL, read_settings({}).layer, panel=panel, row=512, column=0)


def test_a_gray_picture_is_that_of_the_picture_in_use() -> None:
    layer = read_settings({"combine": "gray", "kernel": "1"}).layer
    for pixels in (MANDRILL, np.zeros_like(MANDRILL), MANDRILL):
        place = explain_place(pixels, layer, panel=RESPONSE, row=7, column=8)
        assert place.responses[0] == convolution_arguments(pixels, layer)[0][7, 8]
