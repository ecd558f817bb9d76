"""The setting that says whose last layer is used: the network's own, or one that was taught.

Inside a CNN has it; the lessons that lead there set it.
"""

from app.session.settings import Setting, named

TAUGHT, TRAINED = "taught", "trained"
LAST_LAYER = Setting(
    key="last_layer",
    name="last layer",
    default=TRAINED,
    read=named({TRAINED: "as it was trained", TAUGHT: "taught by you"}),
)
