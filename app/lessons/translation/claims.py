"""What to notice in Max pooling and translation."""

from app.guide.claims import Claim
from app.lessons.translation.matrix_claims import MATRIX_CLAIMS
from app.lessons.translation.network_claims import NETWORK_CLAIMS
from app.lessons.translation.picture_claims import PICTURE_CLAIMS
from app.lessons.translation.situation import TranslationSituation

CLAIMS: tuple[Claim[TranslationSituation], ...] = (
    *MATRIX_CLAIMS,
    *PICTURE_CLAIMS,
    *NETWORK_CLAIMS,
)
