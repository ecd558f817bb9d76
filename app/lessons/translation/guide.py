"""All that is below the stage of Max pooling and translation."""

from app.guide.guide import Guide
from app.lessons.translation.attempts import ATTEMPTS
from app.lessons.translation.claims import CLAIMS
from app.lessons.translation.programs import programs
from app.lessons.translation.situation import TranslationSituation, situation

GUIDE: Guide[TranslationSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
