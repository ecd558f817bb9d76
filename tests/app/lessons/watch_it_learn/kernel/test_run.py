"""A descent is followed to any of its steps, and drawn as cnn_core computes it."""

from itertools import islice

import numpy as np

from app.drawing.frame import unpack
from app.lessons.watch_it_learn.kernel.frame import learning_frame
from app.lessons.watch_it_learn.kernel.live_drawing import LearningDrawing
from app.lessons.watch_it_learn.kernel.questions import LearnKernelQuestion
from app.lessons.watch_it_learn.kernel.run import Run, moment
from app.lessons.watch_it_learn.kernel.settings import MOST_STEPS, read_settings
from app.lessons.watch_it_learn.weight_cells import weight_cells
from cnn_core.images import grayscale
from cnn_core.kernels import KERNELS
from cnn_core.kernels.learning import EXPLODED, KernelTask, learn, standardized
from tests.app.guide.drawn import corner, own

SOBEL = KERNELS["sobel_x"].array


def task() -> KernelTask:
    return KernelTask(standardized(grayscale(corner().pixels)), SOBEL)


def settings(**texts: str):
    return read_settings({f"learn_{key}": text for key, text in texts.items()})


def test_any_step_is_that_of_the_descent_forward_and_back() -> None:
    chosen = settings(batch="4", rate="0.01", momentum="0")
    steps = list(islice(learn(task(), rate=0.01, batch=4), 1300))
    run = Run(task(), chosen)
    for number in (0, 7, 1299, 1, 1010, 640):
        found = run.to(number)
        np.testing.assert_array_equal(found.step.kernel, steps[number].kernel)
        assert found.losses == [steps[at].loss for at in found.numbers]
        assert found.numbers[0] == 0
        assert found.numbers[-1] == number


def test_it_ends_where_the_kernel_is_found_and_stays_there() -> None:
    run = Run(task(), settings())
    end = run.to(MOST_STEPS)
    assert end.end == "found"
    assert end.step.distance <= 1e-3
    assert run.to(MOST_STEPS).step.number == end.step.number
    assert run.to(end.step.number - 1).end == ""


def test_it_ends_where_it_explodes() -> None:
    end = Run(task(), settings(rate="1")).to(MOST_STEPS)
    assert end.end == "exploded"
    assert end.losses[-1] > EXPLODED * end.losses[0]


def test_it_stops_on_the_way_where_there_is_no_more_time() -> None:
    run = Run(task(), settings(rate="0.001", momentum="0"))
    assert run.to(MOST_STEPS, most_s=0).step.number == 1
    assert run.to(MOST_STEPS, most_s=0).step.number == 2


def test_a_live_answer_is_drawn_from_the_same_numbers_as_the_page() -> None:
    picture = corner()
    texts = {"learn_step": "30", "learn_hidden": "box_5"}
    question = LearnKernelQuestion(sequence=5, token="t", settings=texts, complete=True)
    header, blobs = unpack(LearningDrawing("digest")(question, picture.pixels))
    chosen = read_settings(texts)
    expected, _ = learning_frame(moment(chosen, picture.digest, picture.pixels), chosen)
    assert header["sequence"] == 5
    assert {key: header[key] for key in ("learned", "curve", "about", "step")} == {
        key: expected[key] for key in ("learned", "curve", "about", "step")
    }
    assert sorted(blobs) == ["made", "residual", "wanted"]


def test_what_does_not_change_is_drawn_once() -> None:
    question = LearnKernelQuestion(sequence=1, token="t", settings={"learn_step": "2"})
    _, blobs = unpack(LearningDrawing("other")(question, corner().pixels))
    assert sorted(blobs) == ["made", "residual"]


def test_the_colors_keep_their_scale_from_step_to_step() -> None:
    picture, legends = corner(), []
    for step in ("0", "20", "90"):
        chosen = settings(step=step)
        header, _ = learning_frame(moment(chosen, picture.digest, picture.pixels), chosen)
        legends.append(header["legend"])
    assert legends[0] == legends[1] == legends[2]


def test_a_picture_of_equal_pixels_is_drawn_and_has_no_curve() -> None:
    picture = own(np.full((9, 9, 3), 40, np.uint8))
    chosen = settings(step="10")
    header, _ = learning_frame(moment(chosen, picture.digest, picture.pixels), chosen)
    assert header["about"]["loss"] == "0"
    assert set(header["curve"]["losses"]) == {None}
    assert header["stable"].startswith("All pixels are equal")


def test_where_no_kernel_fits_the_border_of_the_picture_is_repeated() -> None:
    picture = own(np.arange(2 * 9 * 3, dtype=np.uint8).reshape(2, 9, 3))
    task = moment(settings(), picture.digest, picture.pixels).step.task
    assert task.image.shape == (3, 9)
    assert np.array_equal(task.image[2], task.image[1])


def test_a_cell_is_written_in_its_color_with_0_neutral() -> None:
    cells = weight_cells(np.array([[0.0, -2.0, 0.123]]), limit=2.0)
    assert cells["texts"] == [".00", "−2.00", ".12"]
    assert cells["said"] == ["0", "−2", "0.123"]
    assert len(set(cells["fills"])) == 3
