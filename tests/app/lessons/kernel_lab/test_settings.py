import numpy as np
import pytest

from app.lessons.kernel_lab.settings import SETTINGS, read_settings
from cnn_core.errors import CnnCoreError
from cnn_core.feature_map import respond
from cnn_core.kernels import BUILDERS, KERNELS
from cnn_core.kernels.choice import formula_text, parse_kernel_choice
from cnn_core.samples import load_sample


def test_defaults_can_be_read() -> None:
    settings = read_settings({})
    assert settings.kernel.preset == "sobel_x"
    assert settings.layer.stride == 1


@pytest.mark.parametrize("key", KERNELS)
def test_every_preset_is_its_own_text(key: str) -> None:
    choice = parse_kernel_choice(key)
    np.testing.assert_array_equal(choice.weights, KERNELS[key].array)
    assert choice.name == KERNELS[key].name


@pytest.mark.parametrize("key", BUILDERS)
def test_every_formula_reads_back_what_it_writes(key: str) -> None:
    defaults = {one.key: float(one.default) for one in BUILDERS[key].parameters}
    choice = parse_kernel_choice(formula_text(key, defaults))
    assert choice.formula == key
    assert parse_kernel_choice(choice.text).values == choice.values


def test_painted_weights_survive_the_way_through_a_link() -> None:
    weights = np.array([[0.1, -1 / 3], [1e-7, 255.0]])
    from cnn_core.kernels.choice import painted_text

    np.testing.assert_array_equal(parse_kernel_choice(painted_text(weights)).weights, weights)


def test_kernels_are_shared_between_sessions_and_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        parse_kernel_choice("1,2;3,4").weights[0, 0] = 5


@pytest.mark.parametrize(
    "texts",
    [
        {"kernel": "banana"},
        {"kernel": "gabor(angle=north)"},
        {"kernel": "gabor(taste=3)"},
        {"kernel": "nothing(angle=3)"},
        {"kernel": "1,2;3"},
        {"kernel": "nan"},
        {"kernel": "inf,1"},
        {"kernel": "1," * 8000},
        {"kernel": ";".join(["1"] * 16)},
        {"kernel": {}},
        {"stride": "0"},
        {"stride": "9"},
        {"stride": "1.5"},
        {"stride": "٣"},
        {"stride": True},
        {"bias": "nan"},
        {"bias": "1e9"},
        {"bias": None},
        {"padding": "-1"},
        {"border": "brick"},
        {"pooling": "MAX"},
        {"activation": "__class__"},
        {"colour": "red"},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused_with_a_sentence(texts: dict[str, object]) -> None:
    with pytest.raises(CnnCoreError) as refused:
        read_settings(texts)
    message = str(refused.value)
    assert message[0].isupper()
    assert message.endswith(".")
    assert len(message) < 400


def test_a_refusal_names_the_setting() -> None:
    with pytest.raises(CnnCoreError, match="pool size cannot be used"):
        read_settings({"pool_size": "many"})


@pytest.mark.parametrize(
    ("kernel", "is_signed"),
    [
        ("sobel_x", True),
        ("sharpen", False),
        ("box_9", False),
        ("1", False),
        ("-1", True),
        ("-1,0,1.02", True),  # nearly cancels, as learned kernels do
    ],
)
def test_auto_shows_signed_what_is_negative_in_many_places(kernel: str, is_signed: bool) -> None:
    settings = read_settings({"kernel": kernel})
    response = respond(load_sample("mandrill"), settings.layer)[1]
    assert settings.shows_signed(response) is is_signed
    assert read_settings({"kernel": kernel, "view": "photo"}).shows_signed(response) is False


def test_every_field_has_a_default_it_accepts() -> None:
    for field in SETTINGS.values():
        field.read(field.default)
