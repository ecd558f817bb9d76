"""All that is below the stage of "A network"."""

from app.guide.guide import Guide
from app.lessons.weight_decay.network.attempts import ATTEMPTS
from app.lessons.weight_decay.network.claims import CLAIMS
from app.lessons.weight_decay.network.programs import programs
from app.lessons.weight_decay.network.situation import NetworkDecaySituation, situation

GUIDE: Guide[NetworkDecaySituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
