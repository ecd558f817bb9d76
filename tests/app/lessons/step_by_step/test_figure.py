"""The exported pictures hold the numbers of the scene."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from app.lessons.step_by_step.figure import draw_stop, sample, slide_gif, slide_strip
from app.lessons.step_by_step.figure_layout import layout_of, sum_lines
from app.lessons.step_by_step.figure_text import SIGNS, draw_text
from app.lessons.step_by_step.scene import make_scene
from app.lessons.step_by_step.scene.grids import scale_table
from app.lessons.step_by_step.settings import read_settings
from tests.app.lessons.step_by_step.cases import CASES, PICTURE


@pytest.mark.parametrize("name", ["lecture", "colors", "max", "line"])
def test_the_gif_has_a_frame_for_each_stop(name) -> None:
    scene = make_scene(read_settings(CASES[name]), PICTURE)
    gif = Image.open(io.BytesIO(slide_gif(scene, dark=False)))
    assert (gif.format, gif.n_frames) == ("GIF", len(scene.steps))


def test_the_gif_of_a_long_slide_is_an_even_sample_of_120_stops() -> None:
    texts = {"walk_source": "patch", "walk_side": "16", "walk_weights": "box_3"}
    scene = make_scene(read_settings(texts), PICTURE)
    gif = Image.open(io.BytesIO(slide_gif(scene, dark=True)))
    assert (len(scene.steps), gif.n_frames) == (196, 120)
    stops = sample(196, 120)
    assert (stops[0], stops[-1], len(set(stops))) == (0, 195, 120)
    assert set(np.diff(stops)) <= {1, 2}


def test_the_gif_shows_each_stop_as_it_is_drawn() -> None:
    scene = make_scene(read_settings({}), PICTURE)
    gif = Image.open(io.BytesIO(slide_gif(scene, dark=False)))
    for step in range(gif.n_frames):
        gif.seek(step)
        pixels = np.asarray(gif.convert("RGB")).astype(int)
        drawn = np.asarray(draw_stop(scene, step, dark=False)).astype(int)
        assert abs(pixels - drawn).mean() < 3


def test_a_drawn_stop_frames_its_window_and_fills_the_outputs_so_far() -> None:
    scene = make_scene(read_settings({}), PICTURE)
    last = scene.outputs[0].colors[-1]
    yellow = scale_table("activation")[last].tolist()
    lefts = []
    for step in range(6):
        pixels = np.asarray(draw_stop(scene, step, dark=False))
        framed = (pixels == (224, 0, 122)).all(axis=2)[:, : pixels.shape[1] // 3]
        lefts.append(int(np.flatnonzero(framed.any(axis=0))[0]))
        assert (pixels == yellow).all(axis=2).any() == (step == 5)
    assert lefts[0] < lefts[1] < lefts[2]
    assert lefts[3:] == lefts[:3]


def test_the_strip_is_a_picture_of_up_to_twelve_stops() -> None:
    scene = make_scene(read_settings(CASES["edge"]), PICTURE)
    one = draw_stop(scene, 0, dark=False)
    strip = Image.open(io.BytesIO(slide_strip(scene, dark=False)))
    assert strip.size == (4 * one.width, 3 * one.height)


def test_signs_between_grids_are_those_of_mathematics() -> None:
    scene = make_scene(read_settings(CASES["colors"]), PICTURE)
    assert [sign for sign, _ in layout_of(scene).signs] == ["⊛", "⊛", "⊛", "+", "+", "="]
    turned = make_scene(read_settings(CASES["colors"] | {"walk_flip": "1"}), PICTURE)
    assert [sign for sign, _ in layout_of(turned).signs] == ["∗", "∗", "∗", "+", "+", "="]
    assert sum_lines(scene, 3, 900)[0].endswith("− 18 = −18 → ReLU → 0")
    pooled = make_scene(read_settings(CASES["max"]), PICTURE)
    assert [sign for sign, _ in layout_of(pooled).signs] == ["→"]


@pytest.mark.parametrize("sign", sorted(SIGNS))
def test_a_sign_that_the_font_lacks_is_drawn_around_its_place(sign) -> None:
    picture = Image.new("L", (40, 40))
    draw_text(ImageDraw.Draw(picture), (20, 20), sign, fill=255, size=24, centered=True)
    rows, columns = np.nonzero(np.asarray(picture))
    assert abs(columns.min() + columns.max() - 40) <= 2
    assert abs(rows.min() + rows.max() - 40) <= 2
    assert 8 <= np.ptp(columns) <= 14
