"""All that is below the stage of "One kernel learns"."""

from app.guide.guide import Guide
from app.lessons.watch_it_learn.kernel.situation import KernelLearningSituation, situation

GUIDE: Guide[KernelLearningSituation] = Guide(
    situation=situation, claims=(), attempts=(), programs=lambda on: ()
)
