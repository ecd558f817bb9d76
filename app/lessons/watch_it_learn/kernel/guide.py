"""All that is below the stage of "One kernel learns"."""

from app.guide.guide import Guide
from app.lessons.watch_it_learn.kernel.attempts import ATTEMPTS
from app.lessons.watch_it_learn.kernel.claims import CLAIMS
from app.lessons.watch_it_learn.kernel.programs import programs
from app.lessons.watch_it_learn.kernel.situation import KernelLearningSituation, situation

GUIDE: Guide[KernelLearningSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
