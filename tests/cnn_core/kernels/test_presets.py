"""Every kernel of the registry does what its family and its note say."""

import math
from collections.abc import Mapping
from itertools import groupby

import numpy as np
import pytest
from scipy import ndimage

from cnn_core.images.patterns import PATTERNS
from cnn_core.kernels import FAMILIES, KERNELS, Kernel, describe, kernels_of, separate

ALL = list(KERNELS.values())
BLURS = [kernel.key for kernel in kernels_of("Blur")]
TO_CHANGE = [
    kernel.key
    for family in ("Edges", "Lines and corners", "Gabor", "Spots")
    for kernel in kernels_of(family)
]


def answer(key: str, image: np.ndarray) -> np.ndarray:
    return ndimage.correlate(image.astype(float), KERNELS[key].array, mode="nearest")


def test_the_registry_cannot_be_changed() -> None:
    assert isinstance(KERNELS, Mapping)
    with pytest.raises(TypeError):
        KERNELS["new"] = ALL[0]  # type: ignore[index]
    weights = ALL[0].array
    weights[0, 0] = 99
    assert ALL[0].array[0, 0] != 99


def test_thirty_kernels_stand_together_by_family_in_order() -> None:
    assert len(ALL) >= 30
    assert len({kernel.name for kernel in ALL}) == len(ALL)
    families = [family for family, _ in groupby(kernel.family for kernel in ALL)]
    assert tuple(families) == FAMILIES
    assert [kernel for family in FAMILIES for kernel in kernels_of(family)] == ALL


@pytest.mark.parametrize("kernel", ALL, ids=lambda kernel: kernel.key)
def test_every_kernel_is_a_small_table_with_a_sentence(kernel: Kernel) -> None:
    array = kernel.array
    assert KERNELS[kernel.key] is kernel
    assert array.dtype == np.float64
    assert array.ndim == 2
    assert max(array.shape) <= 15
    assert np.isfinite(array).all()
    assert np.abs(array).max() > 0
    assert kernel.note.endswith(".")
    assert hash(kernel) == hash(kernel)


@pytest.mark.parametrize("key", BLURS)
def test_blurs_average_with_weights_that_add_up_to_one(key: str) -> None:
    array = KERNELS[key].array
    assert math.fsum(array.flat) == 1
    assert array.min() >= 0
    assert describe(array).keeps_brightness


@pytest.mark.parametrize("family", ["Sharpen", "Emboss", "Identity and shift"])
def test_brightness_is_kept(family: str) -> None:
    for kernel in kernels_of(family):
        assert math.fsum(kernel.array.flat) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("key", TO_CHANGE)
def test_an_even_surface_gets_no_answer(key: str) -> None:
    assert math.fsum(KERNELS[key].array.flat) == 0
    assert np.abs(answer(key, np.full((20, 20), 200.0))).max() < 1e-9


def test_the_identity_changes_nothing() -> None:
    image = PATTERNS["noise"].draw(32)
    np.testing.assert_array_equal(answer("identity", image), image)


@pytest.mark.parametrize(
    ("key", "rows", "columns"),
    [
        ("shift_left", 0, -4),
        ("shift_right", 0, 4),
        ("shift_up", -4, 0),
        ("shift_down", 4, 0),
    ],
)
def test_shifts_move_the_picture_where_they_say(key: str, rows: int, columns: int) -> None:
    image = PATTERNS["noise"].draw(32)
    moved = np.roll(image, (rows, columns), axis=(0, 1))
    np.testing.assert_array_equal(answer(key, image)[4:-4, 4:-4], moved[4:-4, 4:-4])


@pytest.mark.parametrize("key", ["sobel_x", "prewitt_x", "scharr_x", "difference_x"])
def test_left_right_kernels_answer_to_brightening_to_the_right(key: str) -> None:
    assert answer(key, PATTERNS["vertical_edge"].draw(16)).max() > 0
    assert answer(key, PATTERNS["vertical_edge"].draw(16)).min() == 0
    assert not answer(key, PATTERNS["horizontal_edge"].draw(16)).any()
    np.testing.assert_array_equal(KERNELS[key.replace("_x", "_y")].array, KERNELS[key].array.T)


@pytest.mark.parametrize("axis", [0, 1])
def test_sobel_and_prewitt_are_scipy_s(axis: int) -> None:
    image = PATTERNS["noise"].draw(32).astype(float)
    name = "xy"[1 - axis]
    np.testing.assert_allclose(
        answer(f"sobel_{name}", image), ndimage.sobel(image, axis, mode="nearest")
    )
    np.testing.assert_allclose(
        answer(f"prewitt_{name}", image), ndimage.prewitt(image, axis, mode="nearest")
    )


def test_the_laplacian_is_scipy_s() -> None:
    image = PATTERNS["noise"].draw(32).astype(float)
    np.testing.assert_allclose(
        answer("laplacian_4", image), ndimage.laplace(image, mode="nearest"), atol=1e-9
    )


def test_the_gaussian_is_scipy_s() -> None:
    image = PATTERNS["noise"].draw(32).astype(float)
    expected = ndimage.gaussian_filter(image, 2, radius=4, mode="nearest")
    np.testing.assert_allclose(answer("gaussian_9", image), expected, atol=1e-9)


def test_second_derivatives_ignore_an_even_slope() -> None:
    ramp = PATTERNS["ramp"].draw(256)
    for key in ("laplacian_4", "laplacian_8", "line_vertical", "corner"):
        assert not answer(key, ramp)[:, 1:-1].any()


def test_roberts_kernels_answer_to_opposite_diagonals() -> None:
    falling = np.triu(np.full((16, 16), 255.0))
    assert np.abs(answer("roberts_up", falling)[2:-2, 2:-2]).max() == 255
    assert not answer("roberts_down", falling)[2:-2, 2:-2].any()


LINES = {
    "line_horizontal": np.tile(np.arange(9)[:, None] == 4, (1, 9)),
    "line_vertical": np.tile(np.arange(9) == 4, (9, 1)),
    "line_falling": np.eye(9, dtype=bool),
    "line_rising": np.eye(9, dtype=bool)[::-1],
}


@pytest.mark.parametrize("key", LINES)
def test_a_line_detector_answers_most_to_its_own_line(key: str) -> None:
    answers = {name: answer(key, line * 255)[4, 4] for name, line in LINES.items()}
    assert max(answers, key=lambda name: answers[name]) == key
    assert answers[key] == 6 * 255
    assert sorted(answers.values())[-2] <= 0


def test_the_corner_detector_ignores_upright_edges() -> None:
    for key in ("vertical_edge", "horizontal_edge"):
        assert not answer("corner", PATTERNS[key].draw(16)).any()
    assert answer("corner", PATTERNS["checkerboard"].draw(16)).any()


def test_emboss_is_bright_where_its_note_says() -> None:
    image = np.full((9, 9), 100.0)
    lower_right = image.copy()
    lower_right[5:, 5:] = 200
    assert answer("emboss", lower_right)[4, 4] > 100
    assert answer("emboss", 300 - lower_right)[4, 4] < 200
    top = image.copy()
    top[:4] = 200
    assert answer("emboss_up", top)[4, 4] > 100
    np.testing.assert_allclose(answer("emboss", image), image)


@pytest.mark.parametrize("angle", [0, 45, 90, 135])
def test_a_gabor_filter_prefers_stripes_of_its_own_angle(angle: int) -> None:
    def strength(stripes: int) -> float:
        return float(
            np.abs(answer(f"gabor_{angle}", PATTERNS[f"stripes_{stripes}"].draw(64))).max()
        )

    strengths = {stripes: strength(stripes) for stripes in (0, 45, 90, 135)}
    assert max(strengths, key=lambda stripes: strengths[stripes]) == angle
    assert strengths[angle] > 2 * sorted(strengths.values())[-2]


def test_spot_detectors_answer_to_the_spots_their_notes_name() -> None:
    y, x = np.mgrid[-10:11, -10:11]
    bright = np.where(np.hypot(x, y) <= 2, 255.0, 0.0)
    assert answer("dog_9", bright)[10, 10] == answer("dog_9", bright).max() > 50
    assert answer("log_9", 255 - bright)[10, 10] == answer("log_9", 255 - bright).max() > 50


@pytest.mark.parametrize("family", ["Gabor", "Spots"])
def test_built_detectors_answer_within_the_scale_of_a_picture(family: str) -> None:
    for kernel in kernels_of(family):
        assert describe(kernel.array).answers == pytest.approx((-255, 255))


def test_rank_one_kernels_are_outer_products() -> None:
    rank_one = {kernel.key for kernel in ALL if separate(kernel.array) is not None}
    for kernel in ALL:
        assert (kernel.key in rank_one) == (np.linalg.matrix_rank(kernel.array, rtol=1e-6) == 1)
    assert {"box_9", "gaussian_9", "sobel_x", "scharr_y", "line_vertical", "gabor_0"} <= rank_one
    assert not {"laplacian_4", "disk_7", "gabor_45", "roberts_up", "sharpen"} & rank_one


def test_random_kernels_are_the_same_every_time() -> None:
    assert KERNELS["random_3"].array[0, 0] == pytest.approx(0.12573022 / 3)
    assert len(np.unique(KERNELS["random_7"].array)) == 49
