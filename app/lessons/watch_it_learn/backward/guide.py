"""All that is below the stage of the view backward."""

from app.guide.guide import Guide
from app.lessons.watch_it_learn.backward.attempts import ATTEMPTS
from app.lessons.watch_it_learn.backward.claims import CLAIMS
from app.lessons.watch_it_learn.backward.programs import programs
from app.lessons.watch_it_learn.backward.situation import BackwardSituation, situation

GUIDE: Guide[BackwardSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
