"""Pictures of the camera through a whole network: answered as an overview, and not kept."""

from typing import Any

import cv2
import numpy as np
import pytest

from app.caching import CACHES
from app.lessons.inside_cnn.live import HANDLERS
from app.lessons.inside_cnn.overview_columns import overview_columns
from app.live.image_store import STORE, UnknownTokenError
from app.live.messages import RefusedError
from app.networks.attribution_drawing import overlay_levels
from cnn_core.errors import CnnCoreError
from cnn_core.images import load_image
from cnn_core.networks import load, trace
from cnn_core.networks.attribution.class_activation import grad_cam
from cnn_core.samples import load_sample
from tests.app.answering import answer_to
from tests.app.lessons.inside_cnn.test_taught import taught

PHOTO = cv2.resize(load_sample("cat"), (341, 256), interpolation=cv2.INTER_AREA)
JPEG = cv2.imencode(".jpg", PHOTO[..., ::-1])[1].tobytes()
FASHION = {"network": "fashion_cnn", "source": "picture"}
EFFICIENT = {"network": "efficientnet_lite0"}
FEW = {"columns": [["relu1a", 4], ["pool3", 6]], "side": 20}


@pytest.fixture(scope="module")
def token() -> str:
    return STORE.put(load_sample("mandrill"), owner="a visitor who is tested")


def ask(token: str, kind: str = "network_camera", picture: bytes = JPEG, **entries: Any):
    asked = {"sequence": 4, "token": token, "settings": FASHION, **entries}
    is_camera = kind == "network_camera"
    return answer_to(HANDLERS, picture if is_camera else None, kind=kind, **asked)


@pytest.mark.parametrize("settings", [FASHION, EFFICIENT, {**FASHION, "scope": "network"}])
def test_the_answer_is_the_overview_of_the_same_picture(
    token: str, settings: dict[str, str]
) -> None:
    layers = load(settings["network"]).layers
    counts = {layer.name: min(layer.shape[0], 5) for layer in layers}
    asked = {
        "settings": settings,
        "columns": [[name, counts[name]] for name in overview_columns(layers)],
        "side": 24,
    }
    camera, blobs = ask(token, about="c", **asked)
    kept = STORE.put(load_image(JPEG))
    overview, expected = ask(kept, "overview", **asked)
    assert camera["columns"] == overview["columns"]
    assert camera["scores"] == overview["scores"]
    assert blobs == expected
    assert (camera["about"], camera["sequence"], camera["attribution"]) == ("c", 4, None)
    frame = load(settings["network"]).preparation.frame(PHOTO.shape)
    assert camera["view"][2] == pytest.approx(frame.height / PHOTO.shape[0])


def test_maps_that_are_held_stay_in_their_order(token: str) -> None:
    sorted_by_strength, before = ask(token, **FEW)
    strongest = sorted_by_strength["columns"][0]["channels"]
    header, after = ask(token, **FEW, held={"relu1a": strongest[::-1]})
    assert header["columns"][0]["channels"] == strongest[::-1]
    assert header["columns"][1] == sorted_by_strength["columns"][1]
    levels = [np.frombuffer(blobs["levels"][:1600], np.uint8) for blobs in (before, after)]
    maps = [one.reshape(4, 20, 20) for one in levels]
    np.testing.assert_array_equal(maps[0], maps[1][::-1])
    assert not np.array_equal(maps[0], maps[1])


@pytest.mark.parametrize(
    ("settings", "layer"), [(FASHION, "pool3"), (EFFICIENT, "head_relu6")], ids=["small", "large"]
)
def test_the_attribution_is_grad_cam_of_the_class_that_is_named(
    token: str, settings: dict[str, str], layer: str
) -> None:
    asked = {"settings": settings, "columns": [[layer, 2]], "side": 9}
    header, blobs = ask(token, **asked, attribution=-1)
    network = load(settings["network"])
    whole = trace(network, load_image(JPEG))
    best = int(whole.scores.argmax())
    attribution = header["attribution"]
    assert (attribution["channel"], attribution["name"]) == (best, network.classes[best])
    assert attribution["name"] == header["scores"]["rows"][0]["name"]
    expected = overlay_levels(grad_cam(whole, best).attribution).astype(int)
    found = np.frombuffer(blobs["attribution"], np.uint8).reshape(
        attribution["height"], attribution["width"]
    )
    assert found.shape == network.preparation.size
    assert np.abs(found - expected).max() <= 1
    palette = np.frombuffer(blobs["attribution_palette"], np.uint8).reshape(256, 4)
    assert palette[0, 3] == 0
    assert (np.diff(palette[:, 3].astype(int)) >= 0).all()
    assert ask(token, **asked, attribution=3)[0]["attribution"]["name"] == network.classes[3]


def test_nothing_of_a_picture_is_kept(token: str) -> None:
    ask(token, **FEW, attribution=-1)  # what belongs to the network is kept, and was made
    other = cv2.imencode(".jpg", PHOTO[::-1, :, ::-1])[1].tobytes()
    pictures, caches = len(STORE), {name: len(cache) for name, cache in CACHES.items()}
    ask(token, picture=other, **FEW, attribution=-1)
    assert len(STORE) == pictures
    assert {name: len(cache) for name, cache in CACHES.items()} == caches


def test_a_frozen_frame_belongs_to_the_owner_of_the_picture_in_use(token: str) -> None:
    header, blobs = ask(token, **FEW, keep=True)
    kept = header["kept"]
    np.testing.assert_array_equal(STORE.get(kept).pixels, load_image(JPEG))
    assert STORE.owner_of(kept) == STORE.owner_of(token)
    assert blobs == {}
    with pytest.raises(UnknownTokenError):
        ask("nobody's", **FEW, keep=True)


def test_the_visitors_own_last_layer_answers_and_only_for_its_owner(token: str) -> None:
    head = taught()
    settings = {**EFFICIENT, "last_layer": "taught"}
    asked = {"settings": settings, "columns": [["global_pool", 3]], "side": 1, "attribution": -1}
    header, _ = ask(token, **asked, owner=head.owner)
    assert {row["name"] for row in header["scores"]["rows"]} == set(head.card.classes)
    assert header["attribution"]["name"] == header["scores"]["rows"][0]["name"]
    with pytest.raises(CnnCoreError, match="teach it again"):
        ask(token, **asked, owner="somebody else's name")


def test_a_picture_that_is_none_is_refused_with_a_sentence(token: str) -> None:
    for picture in (b"no picture", JPEG[:60]):
        with pytest.raises(CnnCoreError, match=r"\.$"):
            ask(token, picture=picture, **FEW)


def test_the_pad_has_no_camera(token: str) -> None:
    with pytest.raises(CnnCoreError, match="choose your picture"):
        ask(token, settings={"network": "fashion_cnn"}, **FEW)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"columns": []}, "columns"),
        ({"side": 0}, "side of 1 to"),
        ({"held": {"relu1a": [-1]}}, "Maps to be held"),
        ({"attribution": -2}, "heat map explains a class"),
        ({"keep": "yes"}, "true or false"),
        ({"about": "a" * 201}, "short text"),
        ({"owner": "a" * 65}, "owner"),
        ({"other": 1}, "no field called"),
    ],
)
def test_a_wrong_field_is_refused(token: str, wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RefusedError, match=sentence):
        ask(token, **{**FEW, **wrong})


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"held": {"relu1a": [0, 1]}}, "4 maps are asked for; 2"),
        ({"held": {"relu1a": [0, 1, 2, 16]}}, "16 maps, counted from 0"),
        ({"attribution": 10}, "no class 10"),
        ({"columns": [["nothing", 1]]}, "nothing"),
        ({"columns": [["relu1a", 17]]}, "16 maps, not 17"),
    ],
)
def test_what_a_network_does_not_have_is_refused(
    token: str, wrong: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(CnnCoreError, match=sentence):
        ask(token, **{**FEW, **wrong})
