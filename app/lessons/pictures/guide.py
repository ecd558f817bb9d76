"""All that is below the stage of Pictures are numbers."""

from app.guide.guide import Guide
from app.lessons.pictures.attempts import ATTEMPTS
from app.lessons.pictures.claims import CLAIMS
from app.lessons.pictures.programs import programs
from app.lessons.pictures.situation import PicturesSituation, situation

GUIDE: Guide[PicturesSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
