"""All that is below the stage of Step by step."""

from app.guide.guide import Guide
from app.lessons.step_by_step.attempts import ATTEMPTS
from app.lessons.step_by_step.claims import CLAIMS
from app.lessons.step_by_step.programs import programs
from app.lessons.step_by_step.situation import StepByStepSituation, situation

GUIDE: Guide[StepByStepSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
