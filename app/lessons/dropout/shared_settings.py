"""Settings that several views of Dropout have."""

from app.session.settings import Setting, number, whole

LEAST_KEEP = 0.05
KEEP_STEP = 0.05
LAST_MASK = 9999

KEEP = Setting(
    key="drop_keep",
    name="probability p to be present",
    default="0.7",
    read=number(LEAST_KEEP, 1),
)
MASK = Setting(key="drop_mask", name="mask", default="1", read=whole(0, LAST_MASK))
CONVENTIONS = {
    "inverted": "PyTorch: / p in training",
    "scale_at_eval": "lecture: × p at eval",
}
"""The names of both conventions, by the word that `cnn_core.dropout` has for them."""
