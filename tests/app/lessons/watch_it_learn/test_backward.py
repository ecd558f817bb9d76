"""Back-propagation by hand: its numbers, its grids, its live answers, and the page."""

import asyncio
import json

import numpy as np
import pytest
import torch

from app.drawing.frame import unpack
from app.lessons.watch_it_learn.backward.examples import EXAMPLES
from app.lessons.watch_it_learn.backward.frame import backward_frame
from app.lessons.watch_it_learn.backward.live import HANDLERS
from app.lessons.watch_it_learn.backward.live_drawing import draw_backward
from app.lessons.watch_it_learn.backward.numbers import cell_text
from app.lessons.watch_it_learn.backward.questions import BackwardQuestion
from app.lessons.watch_it_learn.backward.settings import WEIGHTS_KEYS, read_settings, weights_text
from app.lessons.watch_it_learn.backward.situation import BackwardSituation
from app.live.messages import Reader
from cnn_core.errors import CnnCoreError
from tests.app.opening import opened


def on_screen(**texts: str) -> BackwardSituation:
    return BackwardSituation(settings=read_settings(texts))


def drawn_kernels(key: str, count: int) -> list[str]:
    draw = np.random.default_rng(1)
    return [weights_text(draw.normal(size=EXAMPLES[key].size) * 3) for _ in range(count)]


def numbers(text: str) -> list[float]:
    return [float(one.strip("()").replace("−", "-")) for one in text.split()]


@pytest.mark.parametrize("key", EXAMPLES)
def test_gradients_and_step_are_those_of_autograd_and_sgd(key: str) -> None:
    for text in ("", *drawn_kernels(key, 20)):
        on = on_screen(learn_back_example=key, **{WEIGHTS_KEYS[key]: text})
        image = torch.tensor(on.image[None, None], requires_grad=True)
        weights = torch.tensor(on.weights[None, None], requires_grad=True)
        output = torch.nn.functional.conv2d(image, weights)[0, 0]
        loss = 0.5 * (output - torch.tensor(on.target)).square().sum()
        loss.backward()
        assert image.grad is not None
        assert weights.grad is not None
        np.testing.assert_allclose(on.output, output.detach(), atol=1e-9)
        assert on.loss == pytest.approx(loss.item())
        np.testing.assert_allclose(on.gradient, weights.grad[0, 0], rtol=1e-9, atol=1e-5)
        np.testing.assert_allclose(on.input_gradient, image.grad[0, 0], rtol=1e-9, atol=1e-5)
        torch.optim.SGD([weights], lr=on.settings.rate).step()
        np.testing.assert_allclose(on.next_weights, weights.detach()[0, 0], rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize("key", EXAMPLES)
def test_the_kernel_that_made_the_target_has_no_error_left(key: str) -> None:
    wanted = weights_text(np.array(EXAMPLES[key].wanted, dtype=float))
    on = on_screen(learn_back_example=key, **{WEIGHTS_KEYS[key]: wanted})
    assert on.is_right
    assert on.loss == on.next_loss == 0
    assert weights_text(on.next_weights) == wanted


@pytest.mark.parametrize("key", EXAMPLES)
def test_the_first_step_of_every_example_makes_the_loss_smaller(key: str) -> None:
    on = on_screen(learn_back_example=key)
    assert on.next_loss < 0.8 * on.loss
    assert on.settings.rate < 2 / on.curvature


def test_a_rate_above_the_bound_makes_the_weights_grow_until_no_step_is_offered() -> None:
    on = on_screen(learn_back_rate="1")
    for _ in range(30):
        if not on.can_step:
            break
        kernel = weights_text(on.next_weights)
        on = on_screen(learn_back_rate="1", learn_back_small=kernel)
    assert not on.can_step
    frame = backward_frame(on)
    assert frame["weights"]["next"] == ""
    assert "too large" in frame["summary"][1]


@pytest.mark.parametrize("key", EXAMPLES)
@pytest.mark.parametrize("of", ["weights", "input"])
def test_the_printed_products_add_up_to_the_printed_gradient(key: str, of: str) -> None:
    on = on_screen(learn_back_example=key, learn_back_of=of)
    gradient = on.gradient if of == "weights" else on.input_gradient
    frame = backward_frame(on)
    assert len(frame["steps"]) == gradient.size
    for step, value in zip(frame["steps"], gradient.ravel(), strict=True):
        terms, total = step["lines"][0].split(": ")[1].split(" = ")
        pairs = [numbers(term.replace("×", " ")) for term in terms.split(" + ")]
        assert sum(one * other for one, other in pairs) == pytest.approx(value)
        assert numbers(total) == [pytest.approx(value)]
        cells = [numbers(one)[0] for one in step["products"]["cells"]["texts"]]
        assert sum(cells) == pytest.approx(value)


def test_the_window_of_a_weight_has_the_shape_of_the_error_map() -> None:
    on = on_screen(learn_back_example="lecture_3x4")
    marks = backward_frame(on)["steps"][3]["marks"]
    assert marks["input"] == [1, 1, 3, 4]
    assert marks["error"] == [0, 0, 2, 3]
    assert marks["gradient"] == marks["kernel"] == [1, 1, 2, 2]


def test_a_grid_shows_what_was_computed() -> None:
    on = on_screen(learn_back_small="1.5,0;0,-0.25")
    grids = {one["key"]: one for one in backward_frame(on)["grids"]}
    assert grids["kernel"]["cells"]["texts"] == ["1.5", "0", "0", "−.25"]
    assert grids["error"]["cells"]["texts"] == [cell_text(one) for one in on.error.ravel()]
    assert grids["error"]["cells"]["rows"] == on.target.shape[0]


@pytest.mark.parametrize(
    "text", ["1,2,3", "1,2;3", "1,2;3,x", "1,2;3,nan", "1,2;3,1e9", "1,2;3,4;5,6"]
)
def test_a_kernel_of_another_shape_or_too_large_is_refused(text: str) -> None:
    with pytest.raises(CnnCoreError, match="2 rows of 2 numbers"):
        read_settings({"learn_back_small": text})


def test_a_live_answer_is_the_frame_of_the_page() -> None:
    kernel = drawn_kernels("edge", 1)[0]
    texts = {"learn_back_example": "edge", "learn_back_edge": kernel}
    asked = {"kind": "learn_backward", "sequence": 7, "token": "t", "settings": texts}
    question = Reader([BackwardQuestion]).read(json.dumps(asked), None)
    header, _ = unpack(draw_backward(question, np.zeros((1, 1, 3), np.uint8)))
    assert header["sequence"] == 7
    expected = json.loads(json.dumps(backward_frame(on_screen(**texts))))
    assert {key: header[key] for key in expected} == expected


def test_the_live_channel_answers_in_the_drawing_process() -> None:
    (handler,) = HANDLERS
    assert asyncio.iscoroutinefunction(handler.answer)


@pytest.mark.parametrize("of", ["weights", "input"])
def test_the_page_opens_with_the_kernel_of_the_link(of: str) -> None:
    after = weights_text(on_screen().next_weights)
    page = opened("watch_it_learn", learn_view="backward", learn_back_of=of, learn_back_small=after)
    assert not page.exception
    assert not page.warning
    assert page.session_state["learn_back_small"] == after
