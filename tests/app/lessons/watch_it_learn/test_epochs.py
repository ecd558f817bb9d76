"""A network grows up: in the link, on the socket, as pictures, and on the page."""

import json

import cv2
import numpy as np
import pytest

from app.drawing import colors
from app.drawing.frame import unpack
from app.lessons.watch_it_learn.epochs.class_changes import SHOWN, drawn_changes
from app.lessons.watch_it_learn.epochs.curves import curves_chart, mark_places
from app.lessons.watch_it_learn.epochs.frame import moment_words
from app.lessons.watch_it_learn.epochs.live import MomentsQuestion, answer_moments
from app.lessons.watch_it_learn.epochs.moment_drawing import SHOWN_UNITS
from app.lessons.watch_it_learn.epochs.settings import (
    CNN,
    DENSE,
    KEYS,
    epoch_texts,
    layers_of,
    read_settings,
)
from app.live.image_store import STORE
from app.live.messages import Reader, RefusedError
from app.networks.settings import bundled_pictures
from cnn_core.datasets import FASHION_CLASSES
from cnn_core.errors import CnnCoreError
from cnn_core.networks import trace
from cnn_core.networks.experiments.recordings import load_epoch_recording
from cnn_core.networks.training.snapshots import network_at, snapshots
from cnn_core.samples import load_sample
from tests.app.opening import opened

READER = Reader([MomentsQuestion])


def asked(moments, pair=(0, 1), settings=None, **changes):
    question = {
        "kind": "learn_moments",
        "sequence": 3,
        "settings": settings or {},
        "moments": moments,
        "pair": list(pair),
        "about": "this",
        **changes,
    }
    question.setdefault("token", STORE.put(load_sample("mandrill")))
    return unpack(answer_moments(READER.read(json.dumps(question), None)))


def pixels(data: bytes) -> np.ndarray:
    return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)[..., ::-1]


@pytest.mark.parametrize(("network", "at"), [(CNN, 0), (CNN, 3), (CNN, 17), (DENSE, 5)])
def test_the_bars_are_what_the_network_of_that_moment_outputs(network: str, at: int) -> None:
    header, _ = asked([at], settings={"learn_epochs_of": network, "garment": "7"})
    garment = bundled_pictures().images[7]
    truth = trace(network_at(network, snapshots(network)[at].epoch), garment).scores
    (moment,) = header["moments"]
    assert (header["sequence"], header["about"], moment["at"]) == (3, "this", at)
    assert [row["name"] for row in moment["rows"]] == list(FASHION_CLASSES)
    np.testing.assert_allclose([row["share"] for row in moment["rows"]], truth, atol=2e-5)


def test_kernels_are_colored_as_their_weights_are_and_zero_is_neutral() -> None:
    header, blobs = asked([4])
    sheet, picture = header["moments"][0]["weights"], pixels(blobs["weights_4"])
    weights = network_at(CNN, 0.5).weights("conv1a")[:, 0]
    assert (sheet["count"], sheet["columns"], sheet["height"]) == (16, 4, 3)
    limit = colors.nice_limit(weights)
    assert sheet["legend"]["high"] == f"+{limit:g}"
    # The kernel in the second row and the third column.
    np.testing.assert_array_equal(picture[3:6, 6:9], colors.signed(weights[6], limit=limit).picture)


def test_a_unit_of_the_dense_network_has_its_weights_as_a_picture() -> None:
    header, blobs = asked([12], settings={"learn_epochs_of": DENSE})
    sheet, picture = header["moments"][0]["weights"], pixels(blobs["weights_12"])
    assert (sheet["count"], sheet["height"], sheet["width"]) == (SHOWN_UNITS, 28, 28)
    weights = network_at(DENSE, 40.0).weights("dense1")[:SHOWN_UNITS].reshape(-1, 28, 28)
    limit = colors.nice_limit(weights.reshape(-1, 28))
    np.testing.assert_array_equal(
        picture[28:56, :28], colors.signed(weights[6], limit=limit).picture
    )


def test_maps_are_those_of_the_chosen_layer_of_the_picture_in_use() -> None:
    settings = {"learn_cnn_maps": "pool2", "source": "picture"}
    header, blobs = asked([2], settings=settings)
    sheet, picture = header["moments"][0]["maps"], pixels(blobs["maps_2"])
    maps = trace(network_at(CNN, 0.124), load_sample("mandrill"))["pool2"]
    assert (sheet["count"], sheet["height"]) == maps.shape[:2] == (32, 7)
    limit = colors.nice_limit(np.ascontiguousarray(maps).reshape(-1, 7))
    expected = colors.activation(maps[sheet["columns"]], limit=limit).picture
    np.testing.assert_array_equal(picture[7:14, :7], expected)


def test_on_one_scale_for_all_epochs_every_moment_has_the_same_ends() -> None:
    own = [asked([at])[0]["moments"][0]["weights"]["legend"] for at in (0, 17)]
    same = [asked([at], settings={"learn_colors": "all"})[0]["moments"][0] for at in (0, 8, 17)]
    assert own[0]["high"] != own[1]["high"]
    for part in ("weights", "maps"):
        ends = {one[part]["legend"]["high"].removeprefix("≥ ") for one in same}
        assert len(ends) == 1


def test_changes_are_those_of_the_recording_whichever_way_round_they_are_asked_for() -> None:
    labels = bundled_pictures().labels
    classes = load_epoch_recording().of(CNN).classes
    header, blobs = asked([], pair=(5, 2))
    assert header["moments"] == []
    changes = header["changes"]
    different = np.flatnonzero(classes[2] != classes[5])
    assert f"{len(different):,} of 10,000" in changes["text"]
    assert changes["text"].startswith("From epoch 0.124 to 2,")
    correct = int(((classes[2] != labels) & (classes[5] == labels)).sum())
    assert changes["verdict"].startswith(f"{correct:,} become correct")
    assert [one["index"] for one in changes["pictures"]] == different[:SHOWN].tolist()
    first = changes["pictures"][0]
    assert first["before"] != first["now"]
    assert first["label"] == FASHION_CLASSES[labels[different[0]]]
    gray = bundled_pictures().images[different[0]]
    np.testing.assert_array_equal(pixels(blobs["changed"])[:28, :28, 0], gray)


def test_an_epoch_beside_itself_changes_nothing() -> None:
    header, blobs = drawn_changes(CNN, 0, 0)
    assert "no test picture changes" in header["text"]
    assert (header["verdict"], header["pictures"], blobs) == ("", [], ())


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"moments": [-1]}, "moments of a training"),
        ({"moments": [0, 1, 2]}, "at most two"),
        ({"moments": "all"}, "moments of a training"),
        ({"pair": [1]}, "pair of moments"),
        ({"pair": [0, "last"]}, "pair of moments"),
        ({"about": "x" * 201}, "at most 200"),
        ({"moments": [18]}, "0 to 17"),
        ({"pair": [0, 99]}, "0 to 17"),
        ({"settings": {"learn_epochs_of": DENSE}, "moments": [13]}, "0 to 12"),
        ({"settings": {"learn_epochs_of": "efficientnet_lite0"}}, "Dense network"),
        ({"settings": {"kernel": "box_3"}}, "kernel"),
        ({"token": "unknown"}, "picture"),
    ],
)
def test_a_wrong_field_is_refused_with_a_sentence(changes, sentence: str) -> None:
    with pytest.raises((RefusedError, CnnCoreError), match=sentence):
        asked(changes.pop("moments", [0]), changes.pop("pair", (0, 1)), **changes)


def test_an_epoch_that_was_not_kept_is_refused_and_those_that_were_are_listed() -> None:
    with pytest.raises(CnnCoreError, match=r"0\.064, 0\.124.*not '7'"):
        read_settings({"learn_cnn_epoch": "7"})
    assert read_settings({"learn_epochs_of": DENSE, "learn_dense_epoch": "7"}).at == 7


def test_each_network_keeps_its_own_epoch_and_layer() -> None:
    texts = {"learn_cnn_epoch": "0.5", "learn_cnn_maps": "pool2", "learn_dense_other": "2"}
    cnn, dense = (read_settings({**texts, "learn_epochs_of": one}) for one in (CNN, DENSE))
    assert (cnn.at, cnn.other, cnn.layer) == (4, None, "pool2")
    assert (dense.at, dense.other, dense.layer) == (12, 5, "relu1")


@pytest.mark.parametrize(
    ("texts", "moments", "pair"),
    [
        ({}, (17,), (16, 17)),
        ({"learn_cnn_epoch": "0"}, (0,), (0, 0)),
        ({"learn_cnn_epoch": "2", "learn_cnn_other": "80"}, (5, 17), (5, 17)),
        ({"learn_cnn_epoch": "2", "learn_cnn_other": "2"}, (5,), (5, 5)),
    ],
)
def test_classes_are_compared_with_the_moment_before_or_the_other_one(texts, moments, pair) -> None:
    settings = read_settings(texts)
    assert (settings.moments, settings.pair) == (moments, pair)


@pytest.mark.parametrize("network", [CNN, DENSE])
def test_moments_are_described_by_what_was_measured(network: str) -> None:
    words = moment_words(network)
    assert [one["text"] for one in words] == list(epoch_texts(network))
    assert words[0]["words"] == "random weights, before the first batch"
    assert words[1]["words"] == "after 15 batches of 256 pictures"
    moment = load_epoch_recording().of(network).moments[-1]
    assert words[-1]["test"].endswith(f"accuracy {100 * moment.test_accuracy.share:#.3g} %")


@pytest.mark.parametrize("network", [CNN, DENSE])
def test_the_marks_are_at_the_points_of_the_chart(network: str) -> None:
    chart = curves_chart(load_epoch_recording().of(network), classroom=False)
    places = mark_places(network, classroom=False)
    assert places["margin"] == chart["layout"]["margin"]
    for name, domain in zip(("xaxis", "xaxis2"), places["axes"], strict=True):
        axis = chart["layout"][name]
        assert axis["domain"] == domain
        low, high = axis["range"]
        expected = [(x - low) / (high - low) for x in chart["data"][0]["x"]]
        np.testing.assert_allclose(places["moments"], expected)
        assert axis["ticktext"][0] == "epoch 0"
        assert axis["ticktext"][-1] == epoch_texts(network)[-1]


def test_the_layers_to_choose_from_are_the_networks() -> None:
    for network in (CNN, DENSE):
        known = {layer.name for layer in network_at(network, 0.0).layers}
        assert set(layers_of(network)) <= known
        assert KEYS[network].layer in ("learn_cnn_maps", "learn_dense_maps")


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"learn_cnn_epoch": "0", "learn_cnn_other": "80", "learn_colors": "all"},
        {"learn_epochs_of": DENSE, "source": "picture", "learn_dense_maps": "relu2"},
        {"source": "drawn", "garment": "9999"},
    ],
)
def test_the_page_opens_as_the_link_says(query: dict[str, str]) -> None:
    page = opened("watch_it_learn", learn_view="epochs", **query)
    assert not page.exception
    assert not page.warning
    for key, text in query.items():
        assert page.session_state[key] == text


def test_a_link_with_an_epoch_that_was_not_kept_opens_and_says_so() -> None:
    page = opened("watch_it_learn", learn_view="epochs", learn_cnn_epoch="1")
    assert not page.exception
    assert page.session_state["learn_cnn_epoch"] == ""
