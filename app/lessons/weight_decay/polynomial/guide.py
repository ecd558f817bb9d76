"""All that is below the stage of "A polynomial"."""

from app.guide.guide import Guide
from app.lessons.weight_decay.polynomial.attempts import ATTEMPTS
from app.lessons.weight_decay.polynomial.claims import CLAIMS
from app.lessons.weight_decay.polynomial.programs import programs
from app.lessons.weight_decay.polynomial.situation import PolynomialSituation, situation

GUIDE: Guide[PolynomialSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
