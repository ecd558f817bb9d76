"""What follows a drag in "A polynomial"; runs in a drawing process."""

import time
from dataclasses import dataclass

import numpy as np

from app.drawing.frame import pack
from app.lessons.weight_decay.polynomial.frame import polynomial_frame
from app.lessons.weight_decay.polynomial.questions import FitPolynomialQuestion
from app.lessons.weight_decay.polynomial.settings import read_settings
from app.lessons.weight_decay.polynomial.situation import PolynomialSituation


@dataclass(frozen=True, slots=True)
class FitDrawing:
    """Fits polynomials; one kind of points is a row of the picture of this digest."""

    digest: str

    def __call__(self, question: FitPolynomialQuestion, image: np.ndarray) -> bytes:
        """Describe the fit of the question's settings."""
        began = time.perf_counter()
        settings = read_settings(question.settings)
        on = PolynomialSituation(settings=settings, digest=self.digest, pixels=image)
        header = polynomial_frame(on)
        texts = {key: str(text) for key, text in question.settings.items()}
        spent = round(1000 * (time.perf_counter() - began), 2)
        told = {"kind": "decay_fit", "sequence": question.sequence, "settings": texts, "ms": spent}
        return pack({**header, **told})
