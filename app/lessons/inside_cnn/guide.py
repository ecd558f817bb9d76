"""All that is below the stage of Inside a CNN."""

from app.guide.guide import Guide
from app.lessons.inside_cnn.attempts import ATTEMPTS
from app.lessons.inside_cnn.claims import CLAIMS
from app.lessons.inside_cnn.programs import programs
from app.lessons.inside_cnn.situation import InsideCnnSituation, situation

GUIDE: Guide[InsideCnnSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
