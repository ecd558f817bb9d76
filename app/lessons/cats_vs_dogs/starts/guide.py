"""All that is below the stage of the view starts."""

from app.guide.guide import Guide
from app.lessons.cats_vs_dogs.starts.attempts import ATTEMPTS
from app.lessons.cats_vs_dogs.starts.claims import CLAIMS
from app.lessons.cats_vs_dogs.starts.programs import programs
from app.lessons.cats_vs_dogs.starts.situation import StartsSituation, situation

GUIDE: Guide[StartsSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
