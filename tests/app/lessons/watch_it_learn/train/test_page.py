"""The view train without a browser: what it shows, its charts, and what can be taken away."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.drawing.frame import Blob, unpack
from app.lessons.watch_it_learn.train.charts import (
    confusion_chart,
    curves_chart,
    gradients_chart,
    most_confused,
)
from app.lessons.watch_it_learn.train.frame import inside_frame
from app.lessons.watch_it_learn.train.kept_runs import table_text
from app.lessons.watch_it_learn.train.misfits import misfits
from app.lessons.watch_it_learn.train.repeat import repeat_program
from app.lessons.watch_it_learn.train.runs import QueuePlace, TrainingRun
from app.lessons.watch_it_learn.train.settings import read_settings, watched_picture
from app.lessons.watch_it_learn.train.words import status_text
from cnn_core.datasets import load_fashion
from cnn_core.networks.training.plan import TrainingPlan
from cnn_core.networks.training.run import InsideView, train
from tests.app.components import component_data
from tests.app.opening import opened

ROOT = Path(__file__).parents[5]
BLANK = np.zeros((28, 28), np.uint8)


def point(epoch: float, accuracy: float) -> dict[str, object]:
    return {
        "epoch": epoch,
        "train_loss": 1.0,
        "train_accuracy": accuracy,
        "test_loss": 1.1,
        "test_accuracy": accuracy - 0.01,
        "gradient_norms": {"conv1": 0.5, "dense": 0.7} if epoch else {},
    }


def run(number: int = 1, **changes: object) -> TrainingRun:
    made = TrainingRun(
        name=f"run-{number}",
        owner="anna",
        number=number,
        plan=TrainingPlan(),
        pictures="subset",
        watched=BLANK,
        points=[point(0, 0.1), point(0.5, 0.9), point(1, 0.8), point(2, 0.7)],
        progress={"epoch": 2, "step": 156, "steps": 156, "loss": 1.0, "accuracy": 0.7},
        seconds=10.0,
    )
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def test_the_page_shows_an_untrained_network_and_how_large_it_is() -> None:
    page = opened("watch_it_learn", learn_view="train")
    assert not page.exception
    frames = [one for one in component_data(page) if isinstance(one, bytes)]
    header, blobs = unpack(frames[-1])
    assert header["told"]["state"] == "none"
    assert "14,714 parameters" in header["size"]
    assert {"watched", "kernels", "act1", "act2"} == set(blobs)


def test_a_network_that_cannot_be_trained_is_explained_and_the_page_stays() -> None:
    page = opened(
        "watch_it_learn",
        learn_view="train",
        learn_net_layers="4",
        learn_net_maps="32",
        learn_net_pooling="none",
    )
    assert not page.exception
    frames = [one for one in component_data(page) if isinstance(one, bytes)]
    assert "million multiplications" in unpack(frames[-1])[0]["problem"]
    assert any("million multiplications" in one.value for one in page.warning)


@pytest.mark.parametrize("chart", ["confusion", "gradients"])
def test_the_other_charts_open_before_anything_is_trained(chart: str) -> None:
    assert not opened("watch_it_learn", learn_view="train", learn_net_chart=chart).exception


def test_the_best_is_that_of_all_test_pictures() -> None:
    assert run().best == point(1, 0.8)  # not the 0.9 within the epoch
    data = curves_chart([run()], classroom=False)["data"]
    (star,) = (one for one in data if one["name"].startswith("best"))
    assert (star["x"], star["y"]) == ([1], [pytest.approx(79)])


def test_the_curves_have_a_test_curve_for_each_run_and_a_training_curve_for_the_newest() -> None:
    data = curves_chart([run(1), run(2)], classroom=True)["data"]
    names = [one["name"] for one in data if one.get("showlegend")]
    assert names == ["run 1, test", "run 2, training", "run 2, test"]


def test_charts_without_a_run_are_empty_and_can_be_drawn() -> None:
    for chart in (curves_chart([], classroom=False), gradients_chart(None, classroom=False)):
        assert chart["data"]
        assert all(one["x"] == [] for one in chart["data"])


def test_each_layer_has_its_gradients() -> None:
    data = gradients_chart(run(), classroom=False)["data"]
    assert [one["name"] for one in data] == ["conv1", "dense"]
    assert data[0]["x"] == [0.5, 1, 2]


def test_a_confusion_matrix_has_its_counts_and_shares_of_rows() -> None:
    table = np.eye(10, dtype=np.int64) * 3
    table[6, 0] = 1
    found = confusion_chart(table, classroom=False)["data"][0]
    assert found["z"][6][0] == 25
    assert found["text"][6][0] == "1"
    assert most_confused(table) == ("Shirt", "T-shirt/top", 1, 4)
    assert most_confused(np.eye(10, dtype=np.int64)) is None


@pytest.mark.parametrize("state", ["waiting", "running", "paused", "finished", "lost", "exploded"])
def test_a_status_is_a_sentence_in_every_state(state: str) -> None:
    made = run(state=state, sentence="Why." if state == "lost" else "")
    words = status_text(made, QueuePlace(ahead=2, wait_s=None, left_s=12.0))
    assert words
    assert "None" not in words


def test_the_table_compares_the_runs_newest_first() -> None:
    rows = table_text([run(1), run(2, points=[])]).splitlines()[2:]
    assert [row.split(" | ")[0] for row in rows] == ["| 2", "| 1"]
    assert "79.0 %" in rows[1]
    assert "no full epoch yet" in rows[0]


def test_maps_with_negative_values_have_zero_in_the_middle_and_others_begin_at_it() -> None:
    view = InsideView(
        kernels=np.ones((2, 3, 3), np.float32),
        maps={
            "act1": np.full((2, 4, 4), -0.5, np.float32),
            "act2": np.full((5, 1, 1), 2.0, np.float32),
        },
        probabilities=np.full(10, 0.1, np.float32),
    )
    header, blobs = inside_frame(view)
    lows = {strip["key"]: strip["low"] for strip in header["strips"]}
    assert lows == {"kernels": "−1", "act1": "−0.5", "act2": "0"}
    assert all(isinstance(one, Blob) for one in blobs)


def test_the_watched_picture_is_a_test_picture_of_the_class_or_your_own() -> None:
    test = load_fashion("test")
    first = watched_picture(read_settings({"learn_net_watched": "2"}), np.zeros((9, 9, 3), "u1"))
    at = int(np.flatnonzero(test.labels == 2)[0])
    np.testing.assert_array_equal(first, test.images[at])
    white = np.full((1, 1, 3), 255, np.uint8)
    own = watched_picture(read_settings({"learn_net_watched": "own"}), white)
    assert own.shape == (28, 28)
    assert own.min() == 255


def test_all_pictures_are_offered_only_where_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    module = "app.lessons.watch_it_learn.train.misfits.has_all_pictures"
    monkeypatch.setattr(module, lambda: False)
    assert "learn_net_pictures" in misfits({"learn_net_pictures": "train"})
    monkeypatch.setattr(module, lambda: True)
    assert misfits({"learn_net_pictures": "train"}) == {}


def test_the_program_of_a_run_repeats_its_curve_and_its_weights(tmp_path: Path) -> None:
    plan = TrainingPlan(kind="dense", layers=1, units=8, batch=256, epochs=1, seed=4)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", repeat_program(plan, "subset")],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    printed = [float(one) for one in re.findall(r"\d+\.\d+", done.stdout)]
    points = [
        one.measurement
        for one in train(plan, load_fashion("subset"), load_fashion("test"))
        if one.measurement
    ]
    expected = [
        value
        for one in points
        for value in (
            one.epoch,
            one.train_loss,
            one.test_loss,
            one.train_accuracy,
            one.test_accuracy,
        )
    ]
    assert printed == pytest.approx(expected, abs=1e-4)
    assert (tmp_path / "weights.safetensors").stat().st_size > 8 * 784 * 4
