"""All that is below the stage of "Masks as doubt"."""

from app.guide.guide import Guide
from app.lessons.dropout.doubt.attempts import ATTEMPTS
from app.lessons.dropout.doubt.claims import CLAIMS
from app.lessons.dropout.doubt.programs import programs
from app.lessons.dropout.doubt.situation import DoubtSituation, situation

GUIDE: Guide[DoubtSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
