"""All that is below the stage of "Before, after, folded"."""

from app.guide.guide import Guide
from app.lessons.batch_norm.trained.attempts import ATTEMPTS
from app.lessons.batch_norm.trained.claims import CLAIMS
from app.lessons.batch_norm.trained.programs import programs
from app.lessons.batch_norm.trained.situation import TrainedSituation, situation

GUIDE: Guide[TrainedSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
