"""What is offered below a slide can be done, and what cannot be done is not offered."""

import numpy as np
import pytest
from hypothesis import given, settings

from app.catalogue import BY_KEY
from app.guide.attempts import offered
from app.guide.claims import shown
from app.lessons.step_by_step.attempts import ATTEMPTS
from app.lessons.step_by_step.claims import CLAIMS
from app.lessons.step_by_step.examples import EXAMPLES
from app.lessons.step_by_step.settings import SETTINGS
from app.lessons.step_by_step.situation import situation
from cnn_core.errors import CnnCoreError
from tests.app.guide.drawn import pictures_of, sample, settings_of
from tests.app.guide.test_claims import QUIET

LESSON = BY_KEY["step_by_step"]


def on_screen(**texts: str):
    defaults = {key: one.default for key, one in SETTINGS.items()}
    return situation({**defaults, **texts}, sample("mandrill"))


def offers(**texts: str) -> set[str]:
    return {one.key for one in offered(ATTEMPTS, on_screen(**texts))}


def sentences(**texts: str) -> dict[str, str]:
    on = on_screen(**texts)
    return {one.key: one.sentence(on) for one in shown(CLAIMS, on)}


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=QUIET)
@given(texts=settings_of(LESSON), picture=pictures_of("step_by_step"))
def test_whatever_is_offered_fits(texts, picture) -> None:
    try:
        on = situation(texts, picture)
    except CnnCoreError:
        return
    for attempt in offered(ATTEMPTS, on):
        situation({**texts, **attempt.changes(on)}, picture)


def test_a_kernel_of_even_size_is_not_padded_to_the_size_of_the_input() -> None:
    assert "step_padding" not in offers()
    assert "step_padding" in offers(**EXAMPLES["edge"].changes)


def test_dilation_is_offered_only_where_the_wider_kernel_fits() -> None:
    assert "step_dilation" in offers()
    assert "step_dilation" not in offers(walk_source="lecture_2x2")
    assert "step_dilation" not in offers(walk_dilation="2")


def test_a_change_that_is_made_is_not_offered_again() -> None:
    ones = {"walk_source": "lecture_2x2", "walk_weights": "1,1;1,1"}
    assert "step_ones" not in offers(**ones)
    assert "step_ones" in offers(**ones, walk_bias="3")


def test_notes_of_an_example_are_shown_with_its_numbers_only() -> None:
    edge = EXAMPLES["edge"].changes
    assert "**800**" in sentences(**edge)["edge"]
    for change in ({"walk_weights": "box_3"}, {"walk_bias": "1"}, {"walk_mode": "max"}):
        assert "edge" not in sentences(**{**edge, **change})
    ones = EXAMPLES["lecture_2x2"].changes
    assert sentences(**ones)["equal"].endswith("1 + 1 + 2 + 2 = **6**.")
    assert "equal" not in sentences(**{**ones, "walk_weights": "1,1;1,2"})


def test_zeros_of_the_padding_lower_what_a_blur_gives_in_the_corner() -> None:
    said = sentences(walk_source="edge", walk_weights="box_3", walk_padding="1")["padding"]
    assert "5 of 9 products use a zero" in said
    assert "4.444 instead of 10" in said
    corner = on_screen(walk_source="edge", walk_weights="box_3", walk_padding="1").output[0, 0, 0]
    np.testing.assert_allclose(corner, 20 * 4 / 9, rtol=1e-6)


@pytest.mark.parametrize("letters", ["both", "letters"])
def test_the_first_output_is_written_with_its_activation(letters) -> None:
    texts = {"walk_activation": "relu", "walk_bias": "-12", "walk_letters": letters}
    assert sentences(**texts)["first"] == (
        "The first output is ReLU(w1 + 2 w2 + 7 w3 + 8 w4 + b) = o1 = **0**; b is the bias."
    )
    assert "first" not in sentences(walk_letters="numbers")
