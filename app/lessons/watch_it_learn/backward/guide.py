"""All that is below the stage of the view backward."""

from collections.abc import Mapping

from app.guide.guide import Guide
from app.session.picture import Picture


def situation(texts: Mapping[str, str], picture: Picture) -> Picture:
    """Read what is on the screen."""
    return picture


GUIDE: Guide[Picture] = Guide(situation=situation, claims=(), attempts=(), programs=lambda on: ())
