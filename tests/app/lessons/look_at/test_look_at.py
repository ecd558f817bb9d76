"""What does it look at? in the link, on the socket, as pictures, and on the page."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from app.drawing.frame import unpack
from app.lessons.look_at import ahead, maximization
from app.lessons.look_at.attributions import attribution_figure
from app.lessons.look_at.frame import occluder_frame
from app.lessons.look_at.live import OccludeQuestion, answer_occlude
from app.lessons.look_at.maximization import Wanted
from app.live.image_store import STORE
from app.live.messages import Reader
from app.networks.attribution_drawing import draw_attribution, overlay_blob, strength
from app.networks.settings import as_input, pad_pixels, read_settings
from app.networks.square import Square, usual_square
from app.networks.work import Priority, WorkQueue
from app.session import state
from cnn_core.errors import CnnCoreError
from cnn_core.networks import load, trace
from cnn_core.networks.attribution.class_activation import grad_cam
from cnn_core.networks.attribution.methods import METHODS
from cnn_core.samples import SAMPLES, load_sample
from tests.app.opening import MAIN, opened

FASHION = {"network": "fashion_cnn"}
READER = Reader([OccludeQuestion])


def covered(square: list[int], **changes: object) -> dict[str, object]:
    question = {"kind": "occlude", "sequence": 3, "settings": FASHION, "square": square, **changes}
    question.setdefault("token", STORE.put(load_sample("mandrill")))
    return unpack(answer_occlude(READER.read(json.dumps(question), None)))[0]


def boot():
    return trace(load("fashion_cnn"), pad_pixels(read_settings(FASHION)))


def test_the_answer_is_what_the_network_says_about_the_covered_picture() -> None:
    pixels = pad_pixels(read_settings(FASHION)).copy()
    pixels[4:14, 6:16] = 127
    truth = trace(load("fashion_cnn"), pixels).scores
    answer = covered([4, 6, 10])
    assert answer["sequence"] == 3
    for row in answer["rows"]:
        assert row["after"] == pytest.approx(float(truth[row["channel"]]), abs=1e-4)
        assert row["before"] == pytest.approx(float(boot().scores[row["channel"]]), abs=1e-4)


def test_the_chosen_class_is_always_among_the_bars() -> None:
    least = int(np.argmin(boot().scores))
    answer = covered([0, 0, 9], **{"class": least})
    assert least in [row["channel"] for row in answer["rows"]]


@pytest.mark.parametrize(
    "changes",
    [
        {"square": [1, 2]},
        {"square": [1.5, 2, 3]},
        {"square": "1,2,3"},
        {"square": [0, 0, 0]},
        {"square": [40, 0, 5]},
        {"class": 10},
        {"class": True},
        {"settings": []},
        {"settings": {"network": "vgg"}},
        {"settings": {"unknown": "1"}},
        {"token": "nobody's"},
    ],
)
def test_a_question_that_makes_no_sense_is_refused_in_a_sentence(changes) -> None:
    square = changes.pop("square", [0, 0, 9])
    with pytest.raises(CnnCoreError, match=r"\.$"):
        covered(square, **changes)


def test_a_signed_attribution_has_zero_in_the_middle_of_its_legend() -> None:
    view = np.full((100, 100), 128, np.uint8)
    values = np.zeros((100, 100), np.float32)
    values[:50], values[50:] = -2, 1
    drawn = draw_attribution(values, view)
    assert (drawn.low, drawn.middle, drawn.high) == ("−2", "0", "+2")
    positive = draw_attribution(np.abs(values), view)
    assert (positive.low, positive.middle, positive.high) == ("0", "", "2")


def test_three_colors_are_drawn_around_gray() -> None:
    values = np.random.default_rng(0).normal(size=(80, 80, 3)).astype(np.float32)
    drawn = draw_attribution(values, np.zeros((80, 80, 3), np.uint8))
    assert drawn.middle == "0"
    assert strength(values).shape == (80, 80)
    np.testing.assert_array_equal(strength(-np.ones((2, 2))), 0)


def test_an_attribution_over_the_picture_is_transparent_where_there_is_none() -> None:
    import cv2

    values = np.zeros((8, 8), np.float32)
    values[2, 3] = 5
    drawn = cv2.imdecode(np.frombuffer(overlay_blob(values).data, np.uint8), cv2.IMREAD_UNCHANGED)
    assert drawn[2, 3, 3] > 200
    assert drawn[..., 3].sum() == drawn[2, 3, 3]


def test_a_square_from_a_larger_networks_link_is_put_back_on_the_picture() -> None:
    seen = boot()
    frame = occluder_frame(
        seen,
        grad_cam(seen, 9).attribution,
        method="grad_cam",
        chosen=9,
        square=Square(top=8, left=8, side=67),
        extra={},
    )
    usual = usual_square((28, 28))
    assert unpack(frame)[0]["square"] == [usual.top, usual.left, usual.side]


def test_every_method_says_what_it_shows_and_what_it_hides() -> None:
    for method in METHODS.values():
        assert method.shows.endswith(".")
        assert method.hides.endswith(".")
        assert method.unit


def test_a_sample_explained_ahead_is_there_when_the_page_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queue = WorkQueue()
    monkeypatch.setattr(ahead, "WORK", queue)
    monkeypatch.setattr(ahead, "SAMPLES", {"cat": SAMPLES["cat"]})
    monkeypatch.setattr(ahead.methods, "METHODS", {"grad_cam": METHODS["grad_cam"]})
    ahead.explain_samples()
    last = queue.ask("last", lambda: None, visitor="test", priority=Priority.AHEAD)
    last.future.result(timeout=60)
    pixels = load_sample("cat")
    shown = as_input(pixels)
    number = int(trace(load("efficientnet_lite0"), pixels).scores.argmax())
    found = attribution_figure.known(
        "efficientnet_lite0", shown, number, "grad_cam", randomized=False
    )
    assert found is not None


def test_a_maximization_is_made_step_by_step_and_kept_for_all(monkeypatch) -> None:
    session: dict[str, object] = {}
    monkeypatch.setattr(state, "keep", session.__setitem__)
    monkeypatch.setattr(state, "recall", session.get)
    monkeypatch.setattr(maximization, "STEPS", 3)
    wanted = Wanted(network="fashion_cnn", layer="norm1a", channel=2, seed=77)
    maximization.begin(wanted)
    begun = maximization.under_way(wanted)
    assert begun is not None
    numbers = []
    while (step := maximization.take(begun, next(begun.steps, None))) is not None:
        assert maximization.finished(wanted) is None
        numbers.append(step.number)
    assert numbers == [0, 1, 2, 3]
    assert maximization.finished(wanted).number == 3
    assert maximization.under_way(wanted) is None


def test_a_maximization_of_another_unit_is_not_taken_for_this_one(monkeypatch) -> None:
    session: dict[str, object] = {}
    monkeypatch.setattr(state, "keep", session.__setitem__)
    monkeypatch.setattr(state, "recall", session.get)
    maximization.begin(Wanted(network="fashion_cnn", layer="norm1a", channel=2))
    assert maximization.under_way(Wanted(network="fashion_cnn", layer="norm1a", channel=3)) is None


def test_the_page_explains_any_class_of_the_link_and_the_unit_of_inside_a_cnn() -> None:
    link = {"network": "fashion_cnn", "class": "3", "layer": "relu1b", "channel": "5"}
    test = opened("look_at", **link)
    assert not test.exception
    assert not test.warning
    assert test.subheader[0].value == "Five attribution methods for Dress"
    assert test.selectbox(key="selected_layer").value == "relu1b"
    assert test.number_input(key="counted_channel").value == 5
    for key, value in link.items():
        assert test.query_params[key] == value
    captions = " ".join(caption.value for caption in test.caption)
    for method in METHODS.values():
        assert method.shows in captions


def test_the_way_to_inside_a_cnn_takes_the_unit_along() -> None:
    test = opened("look_at", network="fashion_cnn", layer="relu1b", channel="5")
    test.selectbox(key="selected_layer").set_value("relu2a").run()
    next(
        button for button in test.button if button.label == "Open this map in Inside a CNN"
    ).click().run()
    assert test.title[0].value == "Inside a CNN"
    assert test.query_params["layer"] == "relu2a"
    assert test.query_params["channel"] == "5"


def test_a_class_score_is_followed_down_inside_the_cnn() -> None:
    test = opened("look_at", network="fashion_cnn", **{"class": "9"})
    next(
        button for button in test.button if button.label == "Open Ankle boot in Inside a CNN"
    ).click().run()
    assert test.title[0].value == "Inside a CNN"
    assert test.query_params["layer"] == "softmax"
    assert test.query_params["channel"] == "9"


def test_a_class_or_a_map_that_the_network_does_not_have_gives_the_usual_ones() -> None:
    test = opened(
        "look_at", network="fashion_cnn", layer="block9_add", channel="900", **{"class": "700"}
    )
    assert not test.exception
    assert test.selectbox(key="selected_class").value == "9"
    assert test.selectbox(key="selected_layer").value == "relu2b"


def test_another_network_is_not_asked_for_the_class_of_that_number() -> None:
    test = opened("look_at", network="fashion_cnn", **{"class": "3"})
    test.selectbox(key="selected_network").set_value("Fashion dense network").run()
    assert test.query_params["class"] == "3"  # the same ten classes
    test.selectbox(key="selected_network").set_value("EfficientNet-Lite0").run()
    assert "class" not in test.query_params
    assert not test.exception


def test_torch_is_told_to_take_one_thread_before_it_is_read() -> None:
    script = (
        "import os, sys, app.server\n"
        "assert os.environ['OMP_NUM_THREADS'] == '1' and 'torch' not in sys.modules"
    )
    environment = {k: v for k, v in os.environ.items() if k != "OMP_NUM_THREADS"}
    subprocess.run([sys.executable, "-c", script], cwd=MAIN.parents[1], env=environment, check=True)


def test_a_network_without_maps_says_so_and_the_page_goes_on() -> None:
    test = opened("look_at", network="fashion_mlp")
    assert not test.exception
    assert any("no feature maps" in warning.value for warning in test.warning)
