"""Every page of the catalogue runs, and the link and the session agree."""

import numpy as np
import pytest

from app.catalogue import LESSONS
from app.lessons.kernel_lab.kernel_edits import by_formula, operate
from app.session import link
from cnn_core.errors import CnnCoreError
from cnn_core.kernels.choice import parse_kernel_choice
from tests.app.opening import opened


@pytest.mark.parametrize("entry", LESSONS, ids=lambda entry: entry.key)
def test_the_page_runs(entry) -> None:
    test = opened(entry.key)
    assert not test.exception
    assert test.title[0].value == entry.title
    assert not test.warning


@pytest.mark.parametrize("entry", LESSONS, ids=lambda entry: entry.key)
def test_the_page_runs_on_the_smallest_picture(entry) -> None:
    test = opened(entry.key, picture="lecture_2x2")
    assert not test.exception


def test_nonsense_in_every_parameter_gives_one_line() -> None:
    test = opened(**dict.fromkeys(link.known(), "¬nonsense¬"))
    assert not test.exception
    assert len(test.info) == 1
    assert "link" in test.info[0].value


def test_a_link_to_a_picture_that_is_gone_says_so_and_shows_another() -> None:
    test = opened(picture="upload-AAAAAAAAAAAAAAAAAAAAAA")
    assert not test.exception
    assert "no longer here" in test.info[0].value
    assert test.session_state["picture"] == "mandrill"


def test_settings_of_a_link_are_taken_over_and_stay_in_the_address() -> None:
    test = opened("kernel_lab", kernel="1,2;3,4", stride="3", picture="coffee")
    assert test.session_state["kernel"] == "1,2;3,4"
    assert test.query_params["stride"] == "3"
    assert test.query_params["picture"] == "coffee"


def test_defaults_are_left_out_of_the_address() -> None:
    test = opened("kernel_lab")
    assert dict(test.query_params) == {}


def test_what_a_component_holds_commits_nothing_without_an_event_of_the_browser() -> None:
    test = opened("kernel_lab")
    test.session_state["lab_painter"] = {"changes": {"kernel": "5,0;0,5", "stamp": "1"}}
    test.run()
    assert test.session_state["kernel"] == "sobel_x"


def test_the_painters_operations_change_the_weights() -> None:
    assert operate(np.eye(2), "negate").tolist() == [[-1, 0], [0, -1]]


def test_choosing_a_formula_and_leaving_it_keeps_its_weights() -> None:
    chosen = parse_kernel_choice(by_formula(parse_kernel_choice("sobel_x"), "gaussian"))
    assert chosen.formula == "gaussian"
    left = parse_kernel_choice(by_formula(chosen, ""))
    assert not left.formula
    np.testing.assert_array_equal(left.weights, chosen.weights)
    with pytest.raises(CnnCoreError, match="no formula called 'taste'"):
        by_formula(chosen, "taste")


FITTING: tuple[dict[str, str], ...] = (
    {"kernel": "gabor(angle=45)", "combine": "gray", "stride": "4"},
    {"kernel": "1", "padding": "valid", "picture": "lecture_2x2"},
    {"kernel": "0", "activation": "sigmoid", "pooling": "average", "pool_size": "8"},
)
NOT_FITTING = (
    (
        {"kernel": "1,2,3;4,5,6;7,8,9", "padding": "valid", "picture": "lecture_2x2"},
        "A window of 3 px does not fit into 2 px",
    ),
    (
        {"kernel": "sobel_x", "border": "reflect", "padding": "8", "picture": "lecture_3x3"},
        "A reflect border adds at most 2 px to a height of 3",
    ),
)


@pytest.mark.parametrize("query", FITTING, ids=str)
def test_settings_at_the_edge_of_what_fits_are_shown(query: dict[str, str]) -> None:
    test = opened("kernel_lab", **query)
    assert not test.exception
    assert not test.warning


@pytest.mark.parametrize(("query", "sentence"), NOT_FITTING, ids=str)
def test_settings_that_do_not_fit_get_a_sentence_and_never_a_trace(
    query: dict[str, str], sentence: str
) -> None:
    test = opened("kernel_lab", **query)
    assert not test.exception
    assert test.warning
    assert all(warning.value.startswith(sentence) for warning in test.warning)
