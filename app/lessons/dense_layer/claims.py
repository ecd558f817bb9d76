"""What to notice in Why not a dense layer?, view by view."""

from app.guide.claims import Claim
from app.lessons.dense_layer.parameter_claims import PARAMETER_CLAIMS
from app.lessons.dense_layer.recorded_claims import RECORDED_CLAIMS
from app.lessons.dense_layer.shuffle_claims import SHUFFLE_CLAIMS
from app.lessons.dense_layer.sides_claims import SIDES_CLAIMS
from app.lessons.dense_layer.situation import DenseLayerSituation
from app.lessons.dense_layer.unroll_claims import UNROLL_CLAIMS

CLAIMS: tuple[Claim[DenseLayerSituation], ...] = (
    *UNROLL_CLAIMS,
    *PARAMETER_CLAIMS,
    *SHUFFLE_CLAIMS,
    *RECORDED_CLAIMS,
    *SIDES_CLAIMS,
)
