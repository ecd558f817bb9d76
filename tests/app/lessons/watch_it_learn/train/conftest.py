"""What the tests of trainings share."""

from collections.abc import Iterator

import pytest

from app.lessons.watch_it_learn.train import process


@pytest.fixture(scope="package", autouse=True)
def _hardly_gives_way() -> Iterator[None]:
    """One that gives way to everything gets nothing done beside the tests that wait for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(process, "NICE", 2)
        yield
