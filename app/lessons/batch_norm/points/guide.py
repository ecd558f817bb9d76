"""All that is below the stage of "On points"."""

from app.guide.guide import Guide
from app.lessons.batch_norm.points.attempts import ATTEMPTS
from app.lessons.batch_norm.points.claims import CLAIMS
from app.lessons.batch_norm.points.programs import programs
from app.lessons.batch_norm.points.situation import PointsSituation, situation

GUIDE: Guide[PointsSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
