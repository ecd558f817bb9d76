"""All that is below the stage of "Masks"."""

from app.guide.guide import Guide
from app.lessons.dropout.masks.attempts import ATTEMPTS
from app.lessons.dropout.masks.claims import CLAIMS
from app.lessons.dropout.masks.programs import programs
from app.lessons.dropout.masks.situation import MasksSituation, situation

GUIDE: Guide[MasksSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
