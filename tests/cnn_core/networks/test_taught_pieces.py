"""The plane, the similarity, the copies, the map and the files of taught classes."""

import json

import numpy as np
import pytest
import safetensors.numpy
from sklearn.decomposition import PCA

from cnn_core.errors import CnnCoreError
from cnn_core.networks import load, trace
from cnn_core.networks.animals import animal_verdict
from cnn_core.networks.attribution.class_activation import grad_cam, last_maps
from cnn_core.networks.attribution.head_map import head_map
from cnn_core.networks.feature_plane import feature_plane, plane_probabilities
from cnn_core.networks.features import feature_layer
from cnn_core.networks.head_files import HeadCard, read_head, write_head
from cnn_core.networks.heads import Head, fit_head
from cnn_core.networks.similarity import cosine_similarities, nearest
from cnn_core.networks.variants import variants
from cnn_core.samples import load_sample

RNG = np.random.default_rng(0)


def test_the_plane_is_that_of_scikit_learn():
    features = RNG.normal(size=(20, 50)) * np.linspace(3, 0.1, 50)
    plane, oracle = feature_plane(features), PCA(2).fit(features)
    assert np.abs(plane.places(features)) == pytest.approx(
        np.abs(oracle.transform(features)), abs=1e-9
    )
    assert plane.shares == pytest.approx(oracle.explained_variance_ratio_)


def test_places_of_the_plane_lead_back_to_themselves():
    plane = feature_plane(RNG.normal(size=(9, 30)))
    places = RNG.normal(size=(5, 2))
    assert plane.places(plane.features(places)) == pytest.approx(places)


@pytest.mark.parametrize("features", [np.ones((1, 4)), np.ones((6, 4)), 1e6 * np.ones((3, 2))])
def test_equal_pictures_lie_in_one_point(features):
    plane = feature_plane(features)
    assert plane.places(features) == pytest.approx(0)
    assert plane.shares.tolist() == [0, 0]


def test_a_picture_is_nearest_to_itself():
    features = RNG.normal(size=(12, 30))
    assert nearest(features, features[7], 3)[0] == (7, pytest.approx(1))
    expected = features @ features[7] / np.linalg.norm(features, axis=1)
    assert cosine_similarities(features, features[7]) == pytest.approx(
        expected / np.linalg.norm(features[7])
    )
    assert nearest(np.zeros((2, 3)), [0, 0, 0], 5) == [(0, 0.0), (1, 0.0)]


def test_copies_differ_from_the_picture_and_are_the_same_for_the_same_seed():
    picture = load_sample("cat")[:120, :90]
    copies = list(variants(picture, 4, seed=3))
    again = list(variants(picture, 4, seed=3))
    assert all(np.array_equal(one, other) for one, other in zip(copies, again, strict=True))
    assert all(one.shape == picture.shape and (one != picture).any() for one in copies)


def test_a_copy_without_a_crop_is_the_picture_or_its_mirror_image():
    picture = load_sample("cat")[:50, :60]
    found = list(variants(picture, 8, seed=0, crop=False))
    kinds = {np.array_equal(one, picture) for one in found}
    assert kinds == {True, False}
    assert all(
        np.array_equal(one, picture) or np.array_equal(one, picture[:, ::-1]) for one in found
    )


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 40, 3), (200, 3, 3)])
def test_copies_of_an_even_picture_are_even(shape):
    for copy in variants(np.full(shape, 77, np.uint8), 3, seed=1):
        assert copy.shape == shape
        assert (copy == 77).all()


def test_the_map_and_the_bias_add_up_to_the_logit():
    network = load("efficientnet_lite0")
    found = trace(network, load_sample("cat"))
    features = found[feature_layer(network).name].ravel()
    head = fit_head(
        features + RNG.normal(size=(8, features.size)), [0, 1, 2, 0, 1, 2, 0, 1], weight_decay=0.1
    )
    maps = found[last_maps(network)]
    for label in range(3):
        places = head_map(head, maps, label)
        assert places.shape == (7, 7)
        assert places.sum() + head.bias[label] == pytest.approx(
            head.logits(features)[label], abs=1e-4
        )


def test_the_bundled_cat_and_dog_are_that_with_their_breeds_and_others_are_neither():
    network = load("efficientnet_lite0")
    cat = animal_verdict(trace(network, load_sample("cat")).scores)
    assert (cat.animal, network.classes[cat.breed]) == ("cat", "tiger cat")
    dog = animal_verdict(trace(network, load_sample("dog")).scores)
    assert (dog.animal, network.classes[dog.breed]) == ("dog", "German shepherd")
    for key in ("mandrill", "coffee", "rocket"):
        assert animal_verdict(trace(network, load_sample(key)).scores).animal == "neither"


def test_doubt_is_largest_where_the_verdict_changes():
    def verdict(cat, dog, threshold=0.5):
        scores = np.zeros(1000)
        scores[[281, 200]] = cat, dog
        return animal_verdict(scores, threshold=threshold)

    assert verdict(1.0, 0.0).doubt == 0
    assert verdict(0.0, 0.0).doubt == 0
    assert verdict(0.5, 0.0).doubt == 1
    assert verdict(0.4999, 0.0).doubt == pytest.approx(1, abs=1e-3)
    assert verdict(0.45, 0.45).doubt == 1
    assert verdict(0.2, 0.7).animal == "dog"
    for threshold in (0, 1):
        assert 0 <= verdict(0.3, 0.2, threshold).doubt <= 1


def files():
    features = RNG.normal(size=(10, 16))
    head = fit_head(features, [0, 1] * 5, weight_decay=0.1)
    card = HeadCard(
        network="efficientnet_lite0", classes=("Fur", "Brick"), pictures=(5, 5), right=9
    )
    return head, card, *write_head(head, card, load("efficientnet_lite0").preparation), features


def test_what_is_read_is_what_was_written():
    head, card, data, text, features = files()
    again, card_again = read_head(data, text)
    assert card_again == card
    assert np.array_equal(again.probabilities(features), head.probabilities(features))
    assert json.loads(text)["leave_one_out"] == {"right": 9, "of": 10}
    assert json.loads(text)["preparation"]["size"] == [224, 224]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"classes": ["one"]}, "classes"),
        ({"classes": ["a", "b", "c"]}, "3 classes"),
        ({"classes": ["a", ""]}, "letters"),
        ({"pictures": None}, "how many pictures"),
        ({"classes": ["a", "a"]}, "same name"),
        ({"classes": ["a", "b\n| c"]}, "one line"),
        ({"classes": ["a", "\ud800"]}, "one line"),
        ({"classes": ["a", "\u200b"]}, "one line"),
        ({"weight_decay": "much"}, "weight_decay"),
        ({"weight_decay": -1}, "weight_decay"),
        ({"weight_decay": 10**400}, "weight_decay"),
        ({"loss": True}, "loss"),
        ({"leave_one_out": {"right": 11, "of": 10}}, "10 pictures"),
        ({"leave_one_out": {"right": True}}, "10 pictures"),
    ],
)
def test_a_wrong_card_is_refused(change, sentence):
    _, _, data, text, _ = files()
    with pytest.raises(CnnCoreError, match=sentence):
        read_head(data, json.dumps(json.loads(text) | change))


def test_what_is_no_file_of_weights_is_refused():
    _, _, _, text, _ = files()
    for data in (b"", b"nonsense", b"\x08" + bytes(20)):
        with pytest.raises(CnnCoreError, match="safetensors"):
            read_head(data, text)
    with pytest.raises(CnnCoreError, match="JSON"):
        read_head(b"", "{")


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        (np.ones((2, 3), bool), "type"),
        (np.ones((2, 3), np.int64), "type"),
        (np.ones((2, 3), np.complex64), "type"),
        (np.full((2, 3), 1.7e308), "too large"),
        (np.full((2, 3), np.nan), "too large"),
        (np.ones((2, 3, 1)), "no head"),
    ],
)
def test_weights_that_give_no_probabilities_are_refused(weights, sentence):
    _, _, _, text, _ = files()
    data = safetensors.numpy.save({"weights": weights, "bias": np.zeros(2)})
    with pytest.raises(CnnCoreError, match=sentence):
        read_head(data, text)


@pytest.mark.parametrize(("kind", "size"), [("BF16", 2), ("F8_E4M3", 1), ("U8", 1)])
def test_weights_of_a_type_that_numpy_lacks_are_refused(kind, size):
    _, _, _, text, _ = files()
    end = 6 * size
    parts = {"weights": ([2, 3], [0, end]), "bias": ([2], [end, end + 2 * size])}
    head = json.dumps(
        {
            name: {"dtype": kind, "shape": shape, "data_offsets": place}
            for name, (shape, place) in parts.items()
        }
    ).encode()
    data = len(head).to_bytes(8, "little") + head + bytes(end + 2 * size)
    with pytest.raises(CnnCoreError, match="type float16"):
        read_head(data, text)


def test_the_places_are_grad_cam_without_going_back_through_the_network():
    """The network's own last layer, taken for a taught head."""
    network = load("efficientnet_lite0")
    found = trace(network, load_sample("cat"))
    own = network.module.parts["dense"]
    head = Head(
        weights=own.weight.detach().numpy().astype(float),
        bias=own.bias.detach().numpy().astype(float),
        weight_decay=1.0,
        loss=0.0,
    )
    label = int(found.scores.argmax())
    went_back = grad_cam(found, label)
    places = head_map(head, found[last_maps(network)], label)
    scale = np.abs(places).max()
    assert places == pytest.approx(went_back.weighted_sum, abs=1e-5 * scale)


def test_the_probabilities_in_the_plane_are_those_of_its_features():
    features = RNG.normal(size=(12, 60))
    head = fit_head(features, [0, 1, 2] * 4, weight_decay=0.01)
    plane, places = feature_plane(features), RNG.normal(size=(30, 2)) * 9
    expected = head.probabilities(plane.features(places))
    assert plane_probabilities(head, plane, places) == pytest.approx(expected, abs=1e-12)
