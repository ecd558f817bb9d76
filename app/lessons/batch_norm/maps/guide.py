"""All that is below the stage of "On maps"."""

from app.guide.guide import Guide
from app.lessons.batch_norm.maps.attempts import ATTEMPTS
from app.lessons.batch_norm.maps.claims import CLAIMS
from app.lessons.batch_norm.maps.programs import programs
from app.lessons.batch_norm.maps.situation import MapsSituation, situation

GUIDE: Guide[MapsSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
