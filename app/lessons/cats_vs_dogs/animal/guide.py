"""All that is below the stage of the view animal."""

from app.guide.guide import Guide
from app.lessons.cats_vs_dogs.animal.attempts import ATTEMPTS
from app.lessons.cats_vs_dogs.animal.claims import CLAIMS
from app.lessons.cats_vs_dogs.animal.programs import programs
from app.lessons.cats_vs_dogs.animal.situation import AnimalSituation, situation

GUIDE: Guide[AnimalSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
