import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_core.errors import CnnCoreError
from cnn_core.networks.preparation import FITS, Preparation, Rectangle

GRAY = Preparation(size=(28, 28), color=False, offset=0.0, scale=255.0)
COLOR = Preparation(size=(20, 20), color=True, offset=127.0, scale=128.0, crop=0.5)


@settings(deadline=None, max_examples=60)
@given(
    st.integers(1, 90),
    st.integers(1, 90),
    st.sampled_from(FITS),
    st.sampled_from((GRAY, COLOR)),
    st.booleans(),
)
def test_any_picture_becomes_the_size_the_network_wants(height, width, fit, preparation, colored):
    image = np.full((height, width, 3) if colored else (height, width), 77, np.uint8)
    view = preparation.view(image, fit)
    assert view.shape == preparation.size + ((3,) if preparation.color else ())
    assert view.dtype == np.uint8
    if fit != "pad":
        assert (view == 77).all()


def test_crop_takes_the_middle_and_names_it():
    image = np.zeros((56, 84), np.uint8)
    image[:, 14:70] = 200
    view = GRAY.view(image, "crop")
    assert (view[:, 2:-2] == 200).all()
    assert view.min() > 150
    assert GRAY.frame(image.shape, "crop") == Rectangle(top=0, left=14, height=56, width=56)


def test_a_share_of_the_crop_leaves_the_border_out():
    assert COLOR.frame((40, 80), "crop") == Rectangle(top=10, left=30, height=20, width=20)


def test_pad_shows_everything_between_black_bars():
    image = np.full((28, 56), 200, np.uint8)
    view = GRAY.view(image, "pad")
    assert (view[10:18] == 200).all()
    assert (view[:5] == 0).all()
    assert (view[-5:] == 0).all()
    assert GRAY.frame(image.shape, "pad") == Rectangle(top=-14, left=0, height=56, width=56)


def test_squash_shows_everything_without_bars():
    assert GRAY.frame((10, 30), "squash") == Rectangle(top=0, left=0, height=10, width=30)


def test_a_picture_of_the_right_size_is_kept_as_it_is():
    image = np.random.default_rng(0).integers(0, 256, (20, 20, 3), dtype=np.uint8)
    np.testing.assert_array_equal(COLOR.view(image, "crop"), image)
    assert COLOR.frame(image.shape, "crop") == Rectangle(top=0, left=0, height=20, width=20)


def test_shrinking_averages_rather_than_skips():
    stripes = np.zeros((280, 280), np.uint8)
    stripes[::2] = 255
    inner = GRAY.view(stripes)[2:-2].astype(int)
    assert np.abs(inner - 127.5).max() < 10


def test_gray_weighs_the_colors_as_the_eye_does():
    colors = np.zeros((28, 28, 3), np.uint8)
    colors[0, 0], colors[0, 1], colors[0, 2] = (255, 0, 0), (0, 255, 0), (0, 0, 255)
    assert GRAY.view(colors)[0, :4].tolist() == [76, 150, 29, 0]


def test_channels_come_first_and_values_in_the_network_range():
    image = np.zeros((20, 20, 3), np.uint8)
    image[3, 4] = 255, 127, 63
    pixels = COLOR.tensor(image).numpy()
    assert pixels.shape == (1, 3, 20, 20)
    assert pixels[0, :, 3, 4].tolist() == [1.0, 0.0, -0.5]


def test_an_unknown_fit_is_refused():
    with pytest.raises(CnnCoreError, match="crop, pad, squash"):
        GRAY.view(np.zeros((28, 28), np.uint8), "stretch")


def test_a_picture_one_pixel_larger_gets_no_black_border():
    view = GRAY.view(np.full((29, 29), 77, np.uint8), "crop")
    assert (view == 77).all()
