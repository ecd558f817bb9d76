"""All that is below the stage of the view epochs."""

from app.guide.guide import Guide
from app.lessons.watch_it_learn.epochs.attempts import ATTEMPTS
from app.lessons.watch_it_learn.epochs.claims import CLAIMS
from app.lessons.watch_it_learn.epochs.programs import programs
from app.lessons.watch_it_learn.epochs.situation import EpochsSituation, situation

GUIDE: Guide[EpochsSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
