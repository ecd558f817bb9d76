"""All that is below the stage of Why not a dense layer?"""

from app.guide.guide import Guide
from app.lessons.dense_layer.attempts import ATTEMPTS
from app.lessons.dense_layer.claims import CLAIMS
from app.lessons.dense_layer.programs import programs
from app.lessons.dense_layer.situation import DenseLayerSituation, situation

GUIDE: Guide[DenseLayerSituation] = Guide(
    situation=situation, claims=CLAIMS, attempts=ATTEMPTS, programs=programs
)
