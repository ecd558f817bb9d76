"""What the view "A polynomial" asks on the live channel; all of it is in the settings."""

from app.live.messages import Question


class FitPolynomialQuestion(Question, frozen=True, kw_only=True, tag="decay_fit"):
    """Fit the polynomial that these settings describe."""
