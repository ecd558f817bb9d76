"""Numbers and colors around the pictures say neither more nor less than is so."""

import numpy as np
import pytest

from app.drawing import colors
from app.lessons.kernel_lab.attempts import ATTEMPTS
from app.lessons.kernel_lab.claims import CLAIMS
from app.lessons.kernel_lab.frame import color_response, color_rest, lab_frame
from app.lessons.kernel_lab.frequency_caption import frequency_caption
from app.lessons.kernel_lab.preset_sheet import preset_thumbnail
from app.lessons.kernel_lab.probe import probe
from app.lessons.kernel_lab.settings import read_settings
from app.lessons.kernel_lab.situation import KernelLabSituation, situation
from cnn_core.feature_map import respond
from cnn_core.kernels import KERNELS
from cnn_core.samples import load_sample
from tests.app.guide.drawn import own

RED = np.full((54, 54, 3), (200, 30, 30), np.uint8)
CAMERA = load_sample("camera")


def on(pixels: np.ndarray = RED, **texts: str) -> KernelLabSituation:
    return situation(texts, own(pixels))


def sentence(key: str, at: KernelLabSituation) -> str:
    claim = next(one for one in CLAIMS if one.key == key)
    assert claim.check(at)
    return claim.sentence(at)


def offers(at: KernelLabSituation) -> set[str]:
    return {one.key for one in ATTEMPTS if one.applies(at)}


def legends(pixels: np.ndarray, **texts: str) -> dict[str, dict[str, str]]:
    header, _ = lab_frame(pixels, read_settings(texts), texts)
    return {one["key"]: one["legend"] for one in header["panels"]}


def test_kernels_that_cancel_show_one_color_as_nothing() -> None:
    small = np.full((96, 96, 3), (200, 30, 30), np.uint8)
    zero = colors.table(colors.DIVERGING)[colors.NEUTRAL]
    for kernel in KERNELS.values():
        if abs(kernel.array.sum()) < 1e-6:
            assert (preset_thumbnail(small, kernel.array) == zero).all(), kernel.key


@pytest.mark.parametrize("combine", ["channels", "sum", "gray"])
def test_so_does_the_response(combine: str) -> None:
    for key, kernel in KERNELS.items():
        if abs(kernel.array.sum()) < 1e-6:
            settings = read_settings({"kernel": key, "combine": combine, "border": "replicate"})
            shown = color_response(*respond(RED, settings.layer), settings)
            picture = shown["response"][1].picture
            assert (picture == picture[0, 0]).all(), key


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu6"])
def test_what_a_bounded_activation_makes_is_seen(activation: str) -> None:
    texts = {"kernel": "3", "bias": "-12.25", "pooling": "average", "activation": activation}
    settings = read_settings(texts)
    shown, _ = color_rest(respond(CAMERA, settings.layer)[1], settings)
    for values, one in shown.values():
        assert one.scale != "photo"
        assert one.limit < 10 * float(np.abs(values).max())
        assert one.picture.max() > 200
    chosen = read_settings({**texts, "view": "photo"})
    shown, _ = color_rest(respond(CAMERA, chosen.layer)[1], chosen)
    assert {one.scale for _, one in shown.values()} == {"photo"}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            {"kernel": "sobel_x", "bias": "7.5"},
            "Pixels lie between 0 and 255, so the response lies between **−1012.5** and "
            "**1027.5**.",
        ),
        ({"kernel": "0", "bias": "-3"}, "The response is **−3** everywhere."),
        (
            {"kernel": "1/7"},
            "Pixels lie between 0 and 255, so the response lies between **0** and **about 36.43**.",
        ),
    ],
)
def test_the_bounds_of_the_response_are_exact(texts: dict[str, str], expected: str) -> None:
    assert sentence("range", on(**texts)) == expected


def test_where_all_values_are_the_same_the_range_is_one_number() -> None:
    found = legends(RED, kernel="0", bias="9", activation="relu6", pooling="none")
    assert found["response"]["range"] == "all values are 9"
    assert found["activated"]["range"] == "all values are 6"


def test_numbers_that_underflow_are_about_0() -> None:
    settings = {"kernel": "-1,1", "activation": "softplus", "pooling": "average"}
    found = legends(CAMERA, **settings)
    assert found["activated"]["range"].startswith("values about 0 to ")
    everything = legends(CAMERA, kernel="-1", activation="softplus", view="signed")
    assert "e−" not in "".join(one["range"] for one in everything.values())
    line = probe(
        CAMERA,
        read_settings({"kernel": "-1", "activation": "sigmoid"}),
        panel="activated",
        row=0,
        column=0,
    )
    assert "= (about 0, about 0, about 0)" in line


def test_stride_and_bias_are_offered_only_where_they_change_a_response() -> None:
    small = np.zeros((5, 9, 3), np.uint8)
    assert {"lab_stride", "lab_bias"} <= offers(on(small))
    assert "lab_stride" not in offers(on(small[:1, :1]))
    unfit = on(small, kernel="box_9", padding="valid")
    mirrored = on(small[:1], kernel="box_9", border="reflect")
    for at in (unfit, mirrored):
        assert not {"lab_stride", "lab_bias", "lab_sum"} & offers(at)


@pytest.mark.parametrize(
    ("highest", "words"),
    [
        (1.0, "Bright: kept, at most unchanged."),
        (8.0, "Bright: kept, up to 8 times as strong."),
        (1.60142, "Bright: kept, up to about 1.601 times as strong."),
        (0.5, "Bright: kept, at most 0.5 times as strong."),
        (0.0, "Everything is removed: all weights are 0."),
    ],
)
def test_the_strength_of_frequencies_in_words(highest: float, words: str) -> None:
    assert frequency_caption(highest, dilation=1).endswith(words)
