"""All that is below the stage of "Two conventions"."""

from app.guide.guide import Guide
from app.lessons.dropout.average.attempts import ATTEMPTS
from app.lessons.dropout.average.claims import CLAIMS
from app.lessons.dropout.average.programs import programs
from app.lessons.dropout.average.situation import AverageSituation, situation

GUIDE: Guide[AverageSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
