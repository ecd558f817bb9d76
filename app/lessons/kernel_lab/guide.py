"""All that is below the Kernel lab's stage."""

from app.guide.guide import Guide
from app.lessons.kernel_lab.attempts import ATTEMPTS
from app.lessons.kernel_lab.claims import CLAIMS
from app.lessons.kernel_lab.programs import programs
from app.lessons.kernel_lab.situation import KernelLabSituation, situation

GUIDE: Guide[KernelLabSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
