"""Colors, frames and code: what the reader sees is what was computed."""

import json

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from app.drawing import colors
from app.drawing.encode import encode_for_screen, encode_jpeg, encode_png
from app.drawing.frame import Blob, pack, unpack
from app.drawing.legend import ALL_ZERO, scale_ends
from app.drawing.numbers import number_text, percent_text, plain_text
from app.lessons.kernel_lab.frame import (
    ACTIVATED,
    POOLED,
    RESPONSE,
    SOURCE,
    lab_frame,
    lab_frames,
)
from app.lessons.kernel_lab.preset_sheet import preset_frame, preset_sheet
from app.lessons.kernel_lab.probe import probe
from app.lessons.kernel_lab.programs import torch_lines
from app.lessons.kernel_lab.settings import read_settings
from cnn_core.errors import CnnCoreError
from cnn_core.feature_map import feature_map
from cnn_core.kernels import KERNELS
from cnn_core.samples import load_sample

PICTURE = np.random.default_rng(0).integers(0, 256, (23, 31, 3), dtype=np.uint8)


def test_zero_stays_at_the_neutral_middle_whatever_else_is_there() -> None:
    middle = colors.table(colors.DIVERGING)[128]
    for others in ([5.0, -1.0], [-300.0, 2.0], [0.0, 0.0]):
        shown = colors.signed(np.array([[0.0, *others]], np.float32))
        np.testing.assert_array_equal(shown.picture[0, 0], middle)


def test_opposite_values_stand_opposite_in_the_scale() -> None:
    shown = colors.signed(np.array([[-200.0, 200.0]], np.float32))
    scale = colors.table("crameri:vik")
    np.testing.assert_array_equal(shown.picture[0], [scale[1], scale[255]])


def test_three_signed_channels_have_zero_at_middle_gray() -> None:
    shown = colors.signed(np.zeros((2, 2, 3), np.float32))
    assert np.all(shown.picture == colors.NEUTRAL)


def test_a_photograph_is_clipped_and_says_how_much() -> None:
    shown = colors.as_photograph(np.array([[-5.0, 0.4, 255.4, 300.0]], np.float32))
    assert shown.picture[0, :, 0].tolist() == [0, 0, 255, 255]
    assert shown.clipped == 0.5


def test_while_a_hand_drags_the_clipped_share_is_an_estimate() -> None:
    values = np.random.default_rng(4).normal(100, 120, (300, 500)).astype(np.float32)
    exact, quick = colors.as_photograph(values), colors.as_photograph(values, quick=True)
    assert quick.estimated
    assert not exact.estimated
    assert quick.clipped == pytest.approx(exact.clipped, abs=0.02)
    np.testing.assert_array_equal(quick.picture, exact.picture)


def test_the_share_that_is_clipped_is_counted_over_all_pixels() -> None:
    values = np.full((400, 400), 100.0, np.float32)  # more than any sample takes
    values.flat[[1, 2, 3, 5, 7]] = 300
    assert colors.as_photograph(values).clipped == pytest.approx(5 / 160_000, rel=1e-6)


@given(st.lists(st.floats(-1e6, 1e6, width=32), min_size=1, max_size=30))
def test_a_small_scale_ends_above_every_value_and_at_a_round_number(values: list[float]) -> None:
    array = np.array([values], np.float32)
    limit = colors.nice_limit(array)
    largest = float(np.abs(array).max())
    assert limit >= largest * (1 - 1e-5)
    assert float(f"{limit:.2g}") == pytest.approx(limit)
    assert largest < 1e-5 or limit <= 2.01 * largest


def test_a_dead_map_looks_dead() -> None:
    shown = colors.activation(np.zeros((4, 4), np.float32))
    assert np.all(shown.picture == colors.table("cividis")[0])


def test_scales_are_read_only() -> None:
    with pytest.raises(ValueError, match="read-only"):
        colors.table("cividis")[0] = 0


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.5, "−0.5"),
        (1e-12, "1e−12"),
        (12345.6, "12346"),
        (9999999.0, "9999999"),
        (-172124979200.0, "−1.721e11"),
        (0.30000000000000004, "0.3"),
    ],
)
def test_numbers_are_short(value: float, text: str) -> None:
    assert number_text(value) == text


@given(st.floats(0, 1))
def test_a_share_has_three_digits_and_only_all_is_100_percent(share: float) -> None:
    text = percent_text(share)
    if share in (0, 1):
        assert text == f"{int(100 * share)} %"
    elif share < 0.001 or share >= 0.9995:
        assert text == ("under 0.1 %" if share < 0.5 else "over 99.9 %")
    else:
        digits = text.removesuffix(" %")
        assert len(digits.replace(".", "").lstrip("0")) == 3
        assert float(digits) == pytest.approx(100 * share, rel=6e-3)


@given(st.floats(1e-9, 1))
def test_a_constant_is_written_without_a_power_of_ten(value: float) -> None:
    assert "e" not in plain_text(value)
    assert float(plain_text(value)) == value


@pytest.mark.parametrize("scale", ["signed", "activation"])
def test_a_scale_made_for_zeros_has_no_ends_but_zero(scale: colors.Scale) -> None:
    limit = colors.nice_limit(np.zeros((3, 3)))
    ends = scale_ends(scale, limit, bounds=(0.0, 0.0))
    assert sorted((ends.low, ends.middle, ends.high)) == ["", "", "0"]
    assert ends.beside == ("", "", ALL_ZERO)
    # A scale that other values gave its end keeps it.
    assert scale_ends(scale, 4.0, bounds=(0.0, 0.0)).high.removeprefix("+") == "4"


def test_a_legend_of_the_lab_says_that_all_is_zero_or_how_much_is_clipped() -> None:
    def panels(**texts: str) -> dict[str, dict[str, str]]:
        header, _ = lab_frame(PICTURE, read_settings(texts), texts)
        return {panel["key"]: panel["legend"] for panel in header["panels"]}

    zero = panels(kernel="0,0;0,0")[RESPONSE]
    assert (zero["low"], zero["middle"], zero["high"]) == ("", "0", "")
    assert zero["range"] == ALL_ZERO
    bright = panels(kernel="3", view="photo")[RESPONSE]
    beyond = float((3 * PICTURE.astype(float) > 255.5).mean())
    assert bright["range"].endswith(f", {100 * beyond:.1f} % clipped")


def test_a_frame_comes_apart_into_what_was_packed() -> None:
    blobs = [Blob(name="a", type="x", data=b""), Blob(name="b", type="y", data=bytes(range(256)))]
    header, parts = unpack(pack({"text": "×−"}, blobs))
    assert header == {"text": "×−"}
    assert parts == {"a": b"", "b": bytes(range(256))}


def test_a_frame_never_carries_nan() -> None:
    with pytest.raises(ValueError, match="JSON"):
        pack({"value": float("nan")})


def decoded(data: bytes) -> np.ndarray:
    import cv2

    bgr = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert bgr is not None
    return bgr[:, :, ::-1]


def test_small_maps_are_sent_without_loss() -> None:
    data, media_type = encode_for_screen(PICTURE)
    assert media_type == "image/png"
    np.testing.assert_array_equal(decoded(data), PICTURE)
    np.testing.assert_array_equal(decoded(encode_png(PICTURE)), PICTURE)


def test_a_frame_shows_what_cnn_core_computed() -> None:
    texts = {"kernel": "sobel_x", "stride": "2", "combine": "gray"}
    settings = read_settings(texts)
    header, blobs = unpack(pack(*lab_frame(PICTURE, settings, texts)))
    maps = feature_map(PICTURE, settings.layer)
    expected = colors.signed(maps.response)
    np.testing.assert_array_equal(decoded(blobs[RESPONSE]), expected.picture)
    assert header["settings"] == texts
    assert [panel["key"] for panel in header["panels"]] == [SOURCE, RESPONSE, ACTIVATED, POOLED]
    assert header["panels"][1]["shape"] == "12 × 16"


def drawn_live(texts: dict[str, str], **options) -> tuple[list[dict], dict[str, bytes]]:
    first, rest = lab_frames(PICTURE, read_settings(texts), texts, sequence=9, **options)
    frames = [unpack(first), unpack(rest())]
    return [header for header, _ in frames], {k: v for _, blobs in frames for k, v in blobs.items()}


def test_live_and_committed_frames_show_the_same_pictures() -> None:
    texts = {"kernel": "laplacian_8"}
    headers, live = drawn_live(texts)
    header, committed = unpack(pack(*lab_frame(PICTURE, read_settings(texts), texts)))
    assert live == committed
    assert headers[-1]["panels"] == header["panels"]
    assert headers[-1]["window"] == header["window"]


def test_the_response_comes_first_and_the_rest_follows() -> None:
    headers, _ = drawn_live({})
    assert [[panel["key"] for panel in header["panels"]] for header in headers] == [
        [SOURCE, RESPONSE],
        [SOURCE, RESPONSE, ACTIVATED, POOLED],
    ]
    assert [header["more"] for header in headers] == [True, False]


def test_a_preview_of_a_large_picture_is_smaller_and_looks_the_same() -> None:
    picture = load_sample("cat")
    preview, full = encode_jpeg(picture, preview=True), encode_jpeg(picture)
    assert len(preview) < 0.7 * len(full)
    assert np.abs(decoded(preview).astype(int) - decoded(full)).mean() < 4


def test_only_the_pictures_on_the_screen_travel() -> None:
    _, blobs = drawn_live({}, panels={RESPONSE, POOLED})
    assert list(blobs) == [RESPONSE, POOLED]


def test_the_picture_in_use_travels_only_where_it_is_changed() -> None:
    assert SOURCE not in drawn_live({})[1]
    assert SOURCE in drawn_live({"combine": "gray"})[1]
    assert SOURCE in drawn_live({}, with_source=True)[1]


@pytest.mark.parametrize("combine", ["channels", "sum", "gray"])
def test_a_probe_says_the_value_of_the_map(combine: str) -> None:
    settings = read_settings({"kernel": "1,2;3,4", "combine": combine, "stride": "2", "bias": "3"})
    value = np.atleast_1d(feature_map(PICTURE, settings.layer).response[4, 7])
    line = probe(PICTURE, settings, panel=RESPONSE, row=4, column=7)
    for one in value:
        assert number_text(float(one)) in line


def test_a_frame_is_json_that_a_browser_reads() -> None:
    frame = pack(*lab_frame(PICTURE, read_settings({}), {}))
    length = int.from_bytes(frame[:4], "little")
    assert json.loads(frame[4 : 4 + length])["kind"] == "frame"


def test_the_sheet_has_a_thumbnail_for_every_preset() -> None:
    frame = preset_frame(preset_sheet(load_sample("cat")), version="1", lab="x")
    header, blobs = unpack(frame)
    named = [kernel["key"] for family in header["families"] for kernel in family["kernels"]]
    assert sorted(named) == sorted(KERNELS)
    sheet = decoded(blobs["sheet"])
    assert sheet.shape == (header["rows"] * 96, header["columns"] * 96, 3)


@pytest.mark.parametrize(
    "texts",
    [
        {},
        {"combine": "sum", "bias": "7"},
        {"combine": "gray", "activation": "identity", "pooling": "none"},
        {"kernel": "1,2;3,4", "border": "reflect", "convention": "convolution"},
        {"kernel": "1,2,3,4", "stride": "3", "dilation": "2", "border": "circular"},
        {"padding": "2", "pooling": "average", "pool_size": "3", "activation": "sigmoid"},
        {"padding": "valid", "activation": "leaky_relu", "border": "replicate"},
    ],
    ids=str,
)
def test_the_torch_lines_compute_the_same_map(texts: dict[str, str]) -> None:
    settings = read_settings(texts)
    x = torch.from_numpy(PICTURE.astype(np.float32)).permute(2, 0, 1)[None]
    names: dict[str, object] = {"x": x, "torch": torch, "F": torch.nn.functional}
    exec("\n".join(torch_lines(settings)), names)
    maps = feature_map(PICTURE, settings.layer)
    expected = maps.activated if maps.pooled is None else maps.pooled
    got = names["y"]
    assert isinstance(got, torch.Tensor)
    result = got[0].permute(1, 2, 0).numpy()
    np.testing.assert_allclose(
        result[..., 0] if expected.ndim == 2 else result, expected, atol=2e-3
    )


@pytest.mark.parametrize("key", ["relu", "tanh", "elu", "gelu", "silu", "softplus", "abs", "relu6"])
def test_the_torch_line_of_an_activation_runs(key: str) -> None:
    from cnn_core.activations import ACTIVATIONS

    if key not in ACTIVATIONS:
        pytest.fail(f"{key} left the registry")
    test_the_torch_lines_compute_the_same_map({"activation": key, "kernel": "0.01,-0.02"})


@pytest.mark.parametrize("kind", ["max", "average"])
@pytest.mark.parametrize("combine", ["channels", "sum"])
def test_a_probe_of_the_pooled_map_is_what_pooling_gives(combine: str, kind: str) -> None:
    texts = {"kernel": "sobel_x", "combine": combine, "pooling": kind, "pool_size": "3"}
    settings = read_settings(texts)
    pooled = feature_map(PICTURE, settings.layer).pooled
    assert pooled is not None
    for row, column in ((0, 0), (2, 3), (pooled.shape[0] - 1, pooled.shape[1] - 1)):
        line = probe(PICTURE, settings, panel=POOLED, row=row, column=column)
        for one in np.atleast_1d(pooled[row, column]):
            assert number_text(float(one)) in line
    with pytest.raises(CnnCoreError, match="outside the pooled map"):
        probe(PICTURE, settings, panel=POOLED, row=pooled.shape[0], column=0)
