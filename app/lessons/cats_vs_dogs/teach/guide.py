"""All that is below the stage of the view teach."""

from app.guide.guide import Guide
from app.lessons.cats_vs_dogs.teach.attempts import ATTEMPTS
from app.lessons.cats_vs_dogs.teach.claims import CLAIMS
from app.lessons.cats_vs_dogs.teach.programs import programs
from app.lessons.cats_vs_dogs.teach.situation import TeachSituation, situation

GUIDE: Guide[TeachSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
