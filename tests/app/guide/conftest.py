"""What a session would hold: a taught last layer, which no setting can bring."""

from collections.abc import Iterator

import pytest

from app.lessons.inside_cnn import misfits
from tests.app.guide.taught import the_head


@pytest.fixture(autouse=True, scope="module")
def head() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(misfits, "kept_head", the_head)
        yield
