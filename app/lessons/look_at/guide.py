"""All that is below the stage of What does it look at?"""

from app.guide.guide import Guide
from app.lessons.look_at.attempts import ATTEMPTS
from app.lessons.look_at.claims import CLAIMS
from app.lessons.look_at.programs import programs
from app.lessons.look_at.situation import AttributionSituation, situation

GUIDE: Guide[AttributionSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
