"""Weight decay in the link, on the socket, and on the page."""

import json

import numpy as np
import pytest

from app.drawing.frame import unpack
from app.lessons.weight_decay.network.frame import kernel_limit, network_frame, recorded_text
from app.lessons.weight_decay.network.settings import DECAYS, SEEDS
from app.lessons.weight_decay.network.settings import read_settings as read_network
from app.lessons.weight_decay.network.situation import (
    NetworkDecaySituation,
    recording,
    training,
    weights_of,
)
from app.lessons.weight_decay.polynomial.fit_axes import weight_place
from app.lessons.weight_decay.polynomial.frame import overfit_places, polynomial_frame
from app.lessons.weight_decay.polynomial.live_drawing import FitDrawing
from app.lessons.weight_decay.polynomial.points import row_values
from app.lessons.weight_decay.polynomial.questions import FitPolynomialQuestion
from app.lessons.weight_decay.polynomial.settings import LAMBDAS, points_text, read_points
from app.lessons.weight_decay.polynomial.settings import SETTINGS as POLYNOMIAL
from app.lessons.weight_decay.polynomial.situation import PolynomialSituation, situation
from app.lessons.weight_decay.settings import VIEWS
from app.lessons.weight_decay.thumbnail import thumbnail
from app.lessons.weight_decay.written.live_drawing import draw_written
from app.lessons.weight_decay.written.questions import WrittenQuestion
from app.live.image_store import STORE
from app.live.messages import Question, Reader, RefusedError
from cnn_core.errors import CnnCoreError
from cnn_core.regularization import fit_polynomial
from cnn_core.samples import load_sample
from tests.app.components import component_data
from tests.app.guide.drawn import corner
from tests.app.opening import opened

READER = Reader([FitPolynomialQuestion, WrittenQuestion])
CAT = load_sample("cat")
THREE = "-0.5,1;0,0.25;0.5,-1.75"
ODD = {
    "1 x 1": np.full((1, 1, 3), 200, np.uint8),
    "5 x 1": np.arange(15, dtype=np.uint8).reshape(1, 5, 3),
    "equal": np.full((9, 9, 3), 40, np.uint8),
}


def asked(kind: str, **entries: object) -> Question:
    return READER.read(json.dumps({"kind": kind, "sequence": 3, "token": "t", **entries}), None)


def fitted(**settings: str) -> dict:
    question = asked("decay_fit", settings=settings)
    header, blobs = unpack(FitDrawing("cat")(question, CAT))
    assert not blobs
    return header


def on(**changes: str) -> PolynomialSituation:
    defaults = {key: one.default for key, one in POLYNOMIAL.items()}
    return situation({**defaults, **changes}, corner())


def test_a_fit_over_the_channel_is_cnn_core_s() -> None:
    header = fitted(decay_points=THREE, decay_degree="2", decay_lambda="0.1", decay_cv="1")
    assert header["sequence"] == 3
    assert header["points"] == [[-0.5, 1], [0, 0.25], [0.5, -1.75]]
    fit = fit_polynomial([-0.5, 0, 0.5], [1, 0.25, -1.75], degree=2, weight_decay=0.1)
    x, y = np.array(header["curve"]).T
    np.testing.assert_allclose(y, fit.predict(x), atol=1e-3)
    places = [bar["place"] for bar in header["bars"]["bars"]]
    expected = [weight_place(float(weight)) for weight in fit.coefficients]
    np.testing.assert_allclose(places, expected, atol=1e-4)
    assert header["degrees"]["at"] == 2
    assert list(LAMBDAS)[header["lambdas"]["at"]] == "0.1"
    assert len(header["validated"]["errors"]) == len(LAMBDAS)
    assert header["descent"] is None


def test_a_descent_comes_near_the_closed_form() -> None:
    options = {"decay_points": THREE, "decay_degree": "1", "decay_lambda": "1"}
    near = fitted(**options, decay_steps="1000")
    np.testing.assert_allclose(near["descent"]["curve"], near["curve"], atol=1e-3)
    assert fitted(**options, decay_steps="0")["descent"]["curve"][7][1] == 0
    assert "Step 1,000: loss" in near["descent"]["words"]


def test_what_is_not_to_be_seen_is_not_sent() -> None:
    header = fitted(decay_test="0", decay_truth="0")
    assert header["test"] == header["truth"] == []
    assert header["validated"] is None


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"decay_points": "1,2,3"}, "x and y of each point"),
        ({"decay_points": "1.5,0"}, "x is from -1 to 1"),
        ({"decay_points": ";".join(["0,0"] * 31)}, "at most 30 points"),
        ({"decay_degree": "13"}, "from 0 to 12"),
        ({"decay_lambda": "0.3"}, "weight decay cannot be used"),
        ({"decay_steps": "4"}, "number of steps cannot be used"),
        ({"decay_l2": "0.1"}, "no setting called"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused(settings: dict[str, str], sentence: str) -> None:
    with pytest.raises(CnnCoreError, match=sentence):
        fitted(**settings)


def test_a_question_with_another_field_is_refused() -> None:
    with pytest.raises(RefusedError, match="no field called"):
        asked("decay_fit", degree=3)


def test_points_are_written_as_they_are_read() -> None:
    points = ((-1.0, 2.0), (0.05, -0.7), (0.0, 0.0))
    assert read_points(points_text(points)) == points
    assert points_text(read_points("-0,-0")) == "0,0"


def test_where_it_overfits_is_where_training_falls_and_test_rises() -> None:
    train, test = np.array([4.0, 2, 1, 0.5, 3]), np.array([5.0, 3, 4, 9, 9])
    assert overfit_places(train, test, 1) == [3]
    header = polynomial_frame(on())
    assert header["degrees"]["overfit"][-1] == 12
    assert 0 in header["lambdas"]["overfit"]
    assert header["verdict"].startswith("Overfit")
    assert polynomial_frame(on(decay_degree="3"))["verdict"] == ""


def test_a_row_of_a_picture_goes_from_black_to_white() -> None:
    ramp = np.repeat(np.linspace(0, 255, 480).astype(np.uint8)[None, :, None], 3, axis=2)
    values = row_values(ramp)
    np.testing.assert_allclose(values, np.linspace(-1, 1, 48), atol=0.05)


def test_the_steps_over_the_channel_are_written_out() -> None:
    settings = {"decay_l2": "0.1", "decay_rate": "0.1", "decay_pull": "1", "decay_start": "3"}
    header, _ = unpack(draw_written(asked("decay_written", settings=settings), CAT))
    l2, decoupled = header["cards"]
    assert l2["lines"] == ["g + 2λw = 2 + 2 · 0.1 · 3 = 2.6", "w′ = 3 − 0.1 · 2.6 = 2.74"]
    assert decoupled["lines"] == ["g = 2", "w′ = 0.98 · 3 − 0.1 · 2 = 2.74"]
    assert header["rows"][1]["texts"] == ["1", "2.74", "2.74", "0"]
    adam = {**settings, "decay_optimizer": "adam"}
    header, _ = unpack(draw_written(asked("decay_written", settings=adam), CAT))
    assert [card["pytorch"] for card in header["cards"]] == [
        "Adam(lr=0.1, weight_decay=0.2)",
        "AdamW(lr=0.1, weight_decay=0.2)",
    ]
    assert header["rows"][1]["texts"][1:3] == ["2.9", "2.84"]


def test_all_recorded_trainings_are_in_the_frame_with_one_color_scale() -> None:
    header, blobs = network_frame()
    assert list(header["trainings"]) == [blob.name for blob in blobs]
    assert len(blobs) == len(DECAYS) * len(SEEDS)
    largest = max(
        float(np.abs(weights_of(training(decay, seed)).kernels).max())
        for decay in DECAYS.values()
        for seed in SEEDS.values()
    )
    assert kernel_limit() >= largest
    one = weights_of(training(0.0, 0))
    assert len(header["edges"]) == len(one.counts) + 1
    assert header["curves"]["length"]["seeds"][0][0] == pytest.approx(one.length, abs=1e-3)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_opens_by_its_link(view: str) -> None:
    page = opened("weight_decay", decay_view=view, decay_degree="4", decay_net="0.1", decay_at="7")
    assert not page.exception
    assert not page.error
    assert not page.warning
    *_, stage = component_data(page)
    header, _ = unpack(stage)
    changed = {"polynomial": "decay_degree", "network": "decay_net", "written": "decay_at"}
    assert header["settings"][changed[view]] == page.session_state[changed[view]]


@pytest.mark.parametrize("name", ODD)
def test_a_row_of_an_odd_picture_can_be_fitted(name: str) -> None:
    setting = f"upload-{STORE.put(ODD[name], owner='somebody')}"
    page = opened("weight_decay", decay_source="row", picture=setting, decay_cv="1")
    assert not page.exception
    assert not page.error
    assert page.session_state["picture"] == setting


@pytest.mark.parametrize("name", ODD)
def test_the_card_is_drawn_from_any_picture(name: str) -> None:
    assert thumbnail(ODD[name], name).shape == (256, 256, 3)


def test_the_page_says_of_the_recording_what_this_network_has() -> None:
    shown = NetworkDecaySituation(settings=read_network({}), recorded=recording())
    said = recorded_text(shown)
    assert "batch norm" not in said
    assert "dropout" not in said
    assert "10,000 test pictures" in said
