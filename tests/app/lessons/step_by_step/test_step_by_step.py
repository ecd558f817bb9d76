"""Step by step: printed sums add up, edits arrive or are answered, exports hold those numbers."""

import io
import json
from decimal import Decimal

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from streamlit.testing.v1 import AppTest

from app.lessons.step_by_step.controls import walk_controls
from app.lessons.step_by_step.edits import apply_action
from app.lessons.step_by_step.examples import EXAMPLES, fits, input_of, kernel_of
from app.lessons.step_by_step.figure import draw_stop, sample, walk_gif, walk_strip
from app.lessons.step_by_step.grid_text import grid_text, read_grid, read_number
from app.lessons.step_by_step.grids import scale_table
from app.lessons.step_by_step.numbers import Rounding, printed_sum
from app.lessons.step_by_step.settings import SETTINGS, read_settings
from app.lessons.step_by_step.slide_scene import make_scene
from app.lessons.step_by_step.snippets import numpy_lines, torch_walk_lines
from cnn_core.errors import CnnCoreError
from cnn_core.samples import load_sample
from tests.app.opening import opened

PICTURE = load_sample("mandrill")
WORST = {
    "walk_source": "patch",
    "walk_weights": "random_7",
    "walk_channels": "3",
    "walk_padding": "3",
}
SPECS = {
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


@pytest.mark.parametrize("texts", SPECS.values(), ids=SPECS)
def test_every_result_is_what_pytorch_computes(texts) -> None:
    settings = read_settings(texts)
    scene = make_scene(settings, PICTURE)
    exact = np.array([step.exact for step in scene.steps]).T.reshape(-1, *scene.shape)
    np.testing.assert_allclose(exact, expected(settings), rtol=1e-5, atol=1e-5)


@st.composite
def walks(draw):
    """Settings of a drawn walk with weights of many or few decimals."""
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


@given(walks())
@settings(deadline=None, max_examples=20)
def test_what_is_printed_adds_up_to_what_is_printed(texts) -> None:
    settings = read_settings(texts)
    scene = make_scene(settings, PICTURE)
    # In double precision, PyTorch tells the decimals themselves from what float32 makes of them.
    reference = expected(settings, torch.float64).ravel()
    exact = scene.rounding == "All numbers are exact."
    for step, torch_value in zip(scene.steps, reference, strict=True):
        parts = [[number(text) for text in terms.split("\t")] for terms in step.terms]
        assert [sum(terms) for terms in parts] == [number(text) for text in step.sums]
        assert sum(map(number, step.sums)) + number(step.bias) == number(step.totals[0])
        total = Decimal(0)
        for terms, running in zip(parts, step.running, strict=True):
            for term, text in zip(terms, running.split("\t"), strict=True):
                total += term
                assert total == number(text)
        decimals = max(len(text.partition(".")[2]) for text in step.totals)
        sizes = sum(abs(float(term)) for terms in parts for term in terms)
        allowed = 1e-9 * (1 + sizes) + (0 if exact else 10.0**-decimals / 2 + 1e-7 * (1e-3 + sizes))
        assert abs(float(number(step.totals[0])) - torch_value) <= allowed


@given(walks())
@settings(deadline=None, max_examples=12)
def test_a_printed_term_is_within_one_unit_of_value_times_weight(texts) -> None:
    settings = read_settings(texts)
    scene = make_scene(settings, PICTURE)
    kernel = kernel_of(settings, settings.cells.shape[2]).astype(np.float32).astype(float)
    kernel = kernel[::-1, ::-1] if settings.flip else kernel
    step = scene.steps[0]
    padded = np.pad(settings.cells, [(settings.padding,) * 2] * 2 + [(0, 0)])
    side = kernel.shape[0]
    products = (padded[:side, :side] * kernel).transpose(2, 0, 1).reshape(kernel.shape[2], -1)
    decimals = max(len(text.partition(".")[2]) for text in (*step.sums, *step.totals))
    for terms, values in zip(step.terms, products, strict=True):
        for text, value in zip(terms.split("\t"), values, strict=True):
            assert abs(float(number(text)) - value) <= 10.0**-decimals + 1e-5
            assert value != 0 or text.strip("0.") == ""


def test_rounded_terms_are_differences_of_rounded_totals() -> None:
    totals = np.array([1 / 3, 2 / 3, 1.0, 3.0])
    one = printed_sum(totals, channels=1, rounding=Rounding(decimals=2, exact=False))
    assert one.terms == (("0.33", "0.34", "0.33"),)
    assert (one.sums, one.bias, one.total) == (("1.00",), "2.00", "3.00")


def test_the_lecture_is_written_as_on_the_blackboard() -> None:
    scene = make_scene(read_settings({}), PICTURE)
    assert scene.steps[0].equation == "w1 + 2 w2 + 7 w3 + 8 w4 = o1"
    assert scene.steps[1].equation == "2 w1 + 3 w2 + 8 w3 + 9 w4 = o2"
    assert scene.kernels[0].letters == ("w1", "w2", "w3", "w4")
    flipped = make_scene(read_settings({"walk_flip": "1"}), PICTURE)
    assert flipped.steps[0].equation == "w4 + 2 w3 + 7 w2 + 8 w1 = o1"


def test_the_lectures_small_examples_give_six_and_four_winners() -> None:
    ones = make_scene(read_settings(EXAMPLES["lecture_2x2"].changes), PICTURE)
    assert ones.steps[0].results == ("6",)
    assert ones.steps[0].terms == ("1\t1\t2\t2",)
    pooled = make_scene(read_settings(EXAMPLES["lecture_4x4"].changes), PICTURE)
    assert pooled.outputs[0].texts == ("20", "30", "112", "37")
    assert [step.winners for step in pooled.steps] == [(1,), (2,), (12,), (10,)]
    assert pooled.inputs[0].texts[12] == "112"


def test_three_channels_are_summed_with_the_bias_before_the_activation() -> None:
    step = make_scene(read_settings(EXAMPLES["colors"].changes), PICTURE).steps[1]
    assert (step.sums, step.bias, step.totals, step.results) == (
        ("18", "0", "18"),
        "−18",
        ("18",),
        ("18",),
    )
    flat = make_scene(read_settings(EXAMPLES["colors"].changes), PICTURE).steps[3]
    assert (flat.totals, flat.results) == (("−18",), ("0",))


def test_a_stride_that_does_not_divide_names_and_hatches_what_is_never_read() -> None:
    scene = make_scene(read_settings({**EXAMPLES["edge"].changes, "walk_stride": "2"}), PICTURE)
    assert scene.inputs[0].unread == tuple(row * 10 + 9 for row in range(7))
    assert "last column is never read" in scene.notes[0]
    assert "floor" in scene.formulas[1]


def test_places_worth_a_look_are_named_by_what_the_kernel_does() -> None:
    edges = make_scene(read_settings(EXAMPLES["edge"].changes), PICTURE).stops
    assert edges == ((0, "flat patch", "0"), (1, "edge", "800"), (5, "opposite edge", "−800"))
    sums = make_scene(read_settings({}), PICTURE).stops
    assert sums == ((5, "largest", "26"), (0, "smallest", "10"))
    blank = read_settings({"walk_source": "drawn", "walk_cells": "1,1,1;1,1,1"})
    assert make_scene(blank, PICTURE).stops == ()


def test_padding_stands_around_the_input_and_is_told_apart() -> None:
    scene = make_scene(read_settings({"walk_padding": "1"}), PICTURE)
    grid = scene.inputs[0]
    assert (grid.rows, grid.columns, grid.before, grid.after) == (5, 6, (1, 1), (1, 1))
    assert grid.texts[:7] == ("0",) * 7
    assert scene.taps[0][0] == (0, 1)


@pytest.mark.parametrize("typed", ["NaN", "nan", "1e999", "inf", "seven", "", "1/0", "1000", "--2"])
@pytest.mark.parametrize("what", ["cell", "weight"])
def test_what_is_no_number_is_answered_in_a_sentence_and_changes_nothing(typed, what) -> None:
    texts = {key: field.default for key, field in SETTINGS.items()}
    action = {"do": what, "channel": 0, "row": 0, "column": 1, "text": typed}
    with pytest.raises(CnnCoreError, match=r"[.]$"):
        apply_action(texts, action, PICTURE)
    assert texts == {key: field.default for key, field in SETTINGS.items()}


def test_a_typed_cell_makes_a_drawn_input_of_the_lectures_matrix() -> None:
    action = {"do": "cell", "channel": 0, "row": 1, "column": 3, "text": " −2.5 "}
    changes, _ = apply_action({}, action, PICTURE)
    settings = read_settings(changes)
    assert settings.source == "drawn"
    assert settings.cells[1].ravel().tolist() == [7, 8, 9, -2.5]


def test_a_weight_typed_into_a_turned_kernel_lands_where_it_was_seen() -> None:
    texts = {"walk_flip": "1"}
    action = {"do": "weight", "channel": 0, "row": 0, "column": 0, "text": "1/4"}
    changes, _ = apply_action(texts, action, PICTURE)
    scene = make_scene(read_settings({**texts, **changes}), PICTURE)
    assert scene.kernels[0].texts[0] == "0.25"


def test_one_weight_of_a_shared_kernel_changes_one_channel_only() -> None:
    texts = {**EXAMPLES["patch"].changes, "walk_channels": "3"}
    action = {"do": "weight", "channel": 1, "row": 0, "column": 0, "text": "9"}
    changes, _ = apply_action(texts, action, PICTURE)
    kernel = read_settings({**texts, **changes}).weights
    assert kernel[0, 0].tolist() == [-1, 9, -1]


def test_growing_and_shrinking_what_is_drawn_keeps_the_rest_in_place() -> None:
    texts = {"walk_source": "drawn", "walk_cells": "1,2,3;4,5,6;7,8,9"}
    wider, _ = apply_action(texts, {"do": "set", "key": "columns", "text": "4"}, PICTURE)
    assert read_settings(wider).cells[:, :, 0].tolist() == [
        [1, 2, 3, 0],
        [4, 5, 6, 0],
        [7, 8, 9, 0],
    ]
    deeper, _ = apply_action(texts, {"do": "set", "key": "channels", "text": "2"}, PICTURE)
    assert read_settings(deeper).cells.shape == (3, 3, 2)


def test_a_change_after_which_the_window_would_not_fit_is_refused() -> None:
    with pytest.raises(CnnCoreError, match="larger than its input"):
        apply_action({}, {"do": "set", "key": "size", "text": "5"}, PICTURE)
    with pytest.raises(CnnCoreError):
        apply_action({}, {"do": "set", "key": "walk_stride", "text": "0"}, PICTURE)
    with pytest.raises(CnnCoreError, match="no such cell"):
        apply_action({}, {"do": "cell", "row": -1, "column": 0, "text": "1"}, PICTURE)


@pytest.mark.parametrize("texts", SPECS.values(), ids=SPECS)
def test_whatever_a_control_offers_fits(texts) -> None:
    for control in walk_controls(read_settings(texts), PICTURE):
        offered = [control.get(name) for name in ("less", "more", "text")]
        offered += [key for _, group in control.get("groups", ()) for key, _ in group]
        for text in filter(None, offered):
            if control["key"] == "walk_weights":
                continue  # a kernel of another size may not fit; it is refused with a sentence
            changes, _ = apply_action(
                texts, {"do": "set", "key": control["key"], "text": text}, PICTURE
            )
            after = read_settings({**texts, **changes})
            assert fits(after, input_of(after, PICTURE)), (control["key"], text)


def test_an_example_leaves_what_was_drawn_and_picked() -> None:
    for example in EXAMPLES.values():
        assert not {"walk_cells", "walk_patch", "walk_signal", "walk_speed"} & set(example.changes)


@given(
    st.lists(
        st.lists(st.floats(-99, 99).map(lambda value: round(value, 4)), min_size=3, max_size=3),
        min_size=1,
        max_size=4,
    )
)
@settings(deadline=None, max_examples=20)
def test_grids_survive_the_link(rows) -> None:
    grid = np.array(rows)[:, :, None]
    read = read_grid(grid_text(grid), most_rows=4, most_columns=3, limit=99)
    np.testing.assert_array_equal(read, grid)


@pytest.mark.parametrize("text", ["1,2;3", "1|2,3", "1,2,3", "1;nan", "x" * 9999])
def test_a_grid_that_is_none_is_refused(text) -> None:
    with pytest.raises(CnnCoreError):
        read_grid(text, most_rows=2, most_columns=2, limit=99)
    with pytest.raises(CnnCoreError, match="too large"):
        read_number("1e3", limit=99)


@pytest.mark.parametrize("texts", SPECS.values(), ids=SPECS)
def test_the_numpy_lines_make_the_same_output(texts, capsys) -> None:
    settings = read_settings(texts)
    scope: dict = {}
    exec(numpy_lines(settings, input_of(settings, PICTURE)), scope)
    output = scope["output"] if settings.pools else scope["output"][:, :, None]
    np.testing.assert_allclose(np.moveaxis(output, 2, 0), expected(settings), rtol=1e-4, atol=1e-4)
    assert capsys.readouterr().out


@pytest.mark.parametrize("texts", SPECS.values(), ids=SPECS)
def test_the_pytorch_lines_make_the_same_output(texts) -> None:
    settings = read_settings(texts)
    scope: dict = {}
    exec(torch_walk_lines(settings, input_of(settings, PICTURE)), scope)
    output = scope["output"].permute(2, 0, 1).numpy()
    np.testing.assert_allclose(output, expected(settings), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("name", ["lecture", "colors", "max", "line"])
def test_the_gif_has_a_frame_for_each_stop(name) -> None:
    scene = make_scene(read_settings(SPECS[name]), PICTURE)
    gif = Image.open(io.BytesIO(walk_gif(scene, dark=False)))
    assert (gif.format, gif.n_frames) == ("GIF", len(scene.steps))


def test_the_gif_of_a_long_walk_is_an_even_sample_of_120_stops() -> None:
    texts = {"walk_source": "patch", "walk_side": "16", "walk_weights": "box_3"}
    scene = make_scene(read_settings(texts), PICTURE)
    gif = Image.open(io.BytesIO(walk_gif(scene, dark=True)))
    assert (len(scene.steps), gif.n_frames) == (196, 120)
    stops = sample(196, 120)
    assert (stops[0], stops[-1], len(set(stops))) == (0, 195, 120)
    assert set(np.diff(stops)) <= {1, 2}


def test_the_gif_shows_each_stop_as_it_is_drawn() -> None:
    scene = make_scene(read_settings({}), PICTURE)
    gif = Image.open(io.BytesIO(walk_gif(scene, dark=False)))
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
    scene = make_scene(read_settings(SPECS["edge"]), PICTURE)
    one = draw_stop(scene, 0, dark=False)
    strip = Image.open(io.BytesIO(walk_strip(scene, dark=False)))
    assert strip.size == (4 * one.width, 3 * one.height)


def test_the_largest_walk_travels_in_less_than_a_megabyte() -> None:
    scene = make_scene(read_settings(WORST), PICTURE)
    assert len(json.dumps(scene.data())) < 1_000_000
    texts = {**WORST, "walk_channels": "1", "walk_side": "16"}
    assert len(json.dumps(make_scene(read_settings(texts), PICTURE).data())) < 1_000_000


def payload(test: AppTest) -> dict:
    (explorer,) = test.get("bidi_component")
    return json.loads(explorer.proto.json)


def test_the_page_opens_on_the_lecture() -> None:
    test = opened("step_by_step")
    shown = payload(test)
    assert shown["example"] == "lecture_3x4"
    assert shown["scene"]["outputs"][0]["texts"] == ["10", "12", "14", "22", "24", "26"]


@pytest.mark.parametrize("texts", SPECS.values(), ids=SPECS)
def test_a_link_restores_the_walk_it_was_made_from(texts) -> None:
    test = opened("step_by_step", **texts)
    assert not test.exception
    assert not test.info
    shown = payload(test)["scene"]
    assert (
        shown["steps"]
        == json.loads(json.dumps(make_scene(read_settings(texts), PICTURE).data()))["steps"]
    )
    kept = {key: text for key, text in texts.items() if text != SETTINGS[key].default}
    assert {key: test.query_params[key] for key in kept} == kept


@pytest.mark.parametrize(
    "texts",
    [
        {"walk_weights": "random_7"},
        {"walk_dilation": "3"},
        {"walk_source": "patch", "walk_channels": "3", "walk_side": "16"},
        {"walk_mode": "max", "walk_pool": "1", "walk_pool_padding": "2"},
    ],
    ids=str,
)
def test_a_link_whose_settings_do_not_go_together_says_so_and_shows_the_first_example(
    texts,
) -> None:
    test = opened("step_by_step", **texts)
    assert not test.exception
    assert "first example" in test.info[0].value
    assert payload(test)["example"] == "lecture_3x4"
