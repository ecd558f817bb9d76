"""All that is below the stage of "What it is for"."""

from app.guide.guide import Guide
from app.lessons.dropout.gap.attempts import ATTEMPTS
from app.lessons.dropout.gap.claims import CLAIMS
from app.lessons.dropout.gap.programs import programs
from app.lessons.dropout.gap.situation import GapSituation, situation

GUIDE: Guide[GapSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
