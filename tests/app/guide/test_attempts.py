"""What a page promises comes true when its button is pressed."""

import pytest
from hypothesis import given, settings

from app.catalogue import BY_KEY
from app.guide.attempts import offered
from app.lesson import Lesson
from app.session import link
from app.session.picture import Picture
from app.session.settings import read_setting
from cnn_core.errors import CnnCoreError
from tests.app.guide.drawn import GUIDED, corner, pictures_of, sample, settings_of, starts_of
from tests.app.guide.states import states_of
from tests.app.guide.test_claims import QUIET

ATTEMPTS = [(lesson, one) for lesson in GUIDED for one in lesson.guide().attempts]  # type: ignore[misc]
IDS = [f"{lesson.key}-{one.key}" for lesson, one in ATTEMPTS]


def pressed(lesson: Lesson, attempt, texts, picture):
    """The situation before and after."""
    guide = lesson.guide()
    before = guide.situation(texts, picture)
    changes = dict(attempt.changes(before))
    if "picture" in changes:
        picture = sample(changes.pop("picture"))
    assert set(changes) <= set(lesson.settings)
    return before, guide.situation({**texts, **changes}, picture)


@pytest.mark.parametrize("key", [lesson.key for lesson in GUIDED])
def test_what_is_promised_comes_true_wherever_it_is_offered(key: str) -> None:
    lesson = BY_KEY[key]
    guide = lesson.guide()
    tried: set[str] = set()

    def press(texts: dict[str, str], picture: Picture) -> None:
        try:
            attempts = offered(guide.attempts, guide.situation(texts, picture))
        except CnnCoreError:
            return
        for attempt in attempts:
            try:
                before, after = pressed(lesson, attempt, texts, picture)
                came_true = attempt.check(before, after)
            except CnnCoreError:
                continue  # the change does not fit this picture: the page says so
            if not came_true:
                raise AssertionError(f"{attempt.outcome} {texts} {picture.pixels.shape}")
            tried.add(attempt.key)

    for texts, picture in (*states_of(lesson), *starts_of(lesson)):
        press(texts, picture)
    draws = settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=QUIET)
    draws(given(texts=settings_of(lesson), picture=pictures_of(key))(press))()
    assert tried == {attempt.key for attempt in guide.attempts}


@pytest.mark.parametrize("lesson", GUIDED, ids=lambda lesson: lesson.key)
def test_several_are_offered_when_the_lesson_opens_and_all_come_true(lesson: Lesson) -> None:
    texts = {key: one.default for key, one in lesson.settings.items()}
    picture = corner()
    attempts = offered(lesson.guide().attempts, lesson.guide().situation(texts, picture))
    assert len(attempts) >= 3
    for attempt in attempts:
        before, after = pressed(lesson, attempt, texts, picture)
        assert attempt.check(before, after), attempt.outcome


@pytest.mark.parametrize(("lesson", "attempt"), ATTEMPTS, ids=IDS)
def test_what_a_button_puts_can_be_read(lesson: Lesson, attempt) -> None:
    texts = {key: one.default for key, one in lesson.settings.items()}
    on = lesson.guide().situation(texts, sample("mandrill"))
    for key, text in attempt.changes(on).items():
        read_setting(link.setting(key), text)


@pytest.mark.parametrize(("lesson", "attempt"), ATTEMPTS, ids=IDS)
def test_labels_and_outcomes_are_shown_as_they_are_written(lesson: Lesson, attempt) -> None:
    assert not set("*_`$") & set(attempt.label + attempt.outcome)
