"""No page says what is false: settings and pictures are drawn, every sentence is checked."""

import pytest
from hypothesis import HealthCheck, given, settings

from app.catalogue import BY_KEY
from app.guide.claims import shown
from app.session.picture import Picture
from cnn_core.errors import CnnCoreError
from tests.app.guide.drawn import GUIDED, pictures_of, settings_of, starts_of
from tests.app.guide.states import states_of

QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


@pytest.mark.parametrize("key", [lesson.key for lesson in GUIDED])
def test_every_sentence_that_is_shown_is_true_and_each_is_shown_somewhere(key: str) -> None:
    guide = BY_KEY[key].guide()
    seen: set[str] = set()

    def look(texts: dict[str, str], picture: Picture) -> None:
        try:
            on = guide.situation(texts, picture)
            claims = shown(guide.claims, on)
            sentences = {claim.key: claim.sentence(on) for claim in claims}
        except CnnCoreError:
            return  # the page has the reason in the place of all this
        if len(set(sentences.values())) < len(sentences):
            raise AssertionError(f"A sentence twice: {sentences}")
        for claim in claims:
            try:
                is_true = claim.check(on)
            except CnnCoreError:
                continue  # nothing is computed here, and the page says why
            if not is_true:
                raise AssertionError(f"{sentences[claim.key]} {texts} {picture.pixels.shape}")
            seen.add(claim.key)

    for texts, picture in (*states_of(BY_KEY[key]), *starts_of(BY_KEY[key])):
        look(texts, picture)
    draws = settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=QUIET)
    draws(given(texts=settings_of(BY_KEY[key]), picture=pictures_of(key))(look))()
    assert seen == {claim.key for claim in guide.claims}
