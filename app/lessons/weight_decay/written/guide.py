"""All that is below the stage of "Written out"."""

from app.guide.guide import Guide
from app.lessons.weight_decay.written.attempts import ATTEMPTS
from app.lessons.weight_decay.written.claims import CLAIMS
from app.lessons.weight_decay.written.programs import programs
from app.lessons.weight_decay.written.situation import WrittenSituation, situation

GUIDE: Guide[WrittenSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
