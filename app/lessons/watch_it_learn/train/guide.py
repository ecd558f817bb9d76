"""All that is below the stage of the view train."""

from app.guide.guide import Guide
from app.lessons.watch_it_learn.train.attempts import ATTEMPTS
from app.lessons.watch_it_learn.train.claims import CLAIMS
from app.lessons.watch_it_learn.train.programs import programs
from app.lessons.watch_it_learn.train.situation import TrainSituation, situation

GUIDE: Guide[TrainSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
