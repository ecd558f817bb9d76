"""The settings of the view animal."""

from collections.abc import Mapping

from app.session.control import Slider
from app.session.settings import Setting, by_key, whole

THRESHOLD = "animal_threshold"

SETTINGS: Mapping[str, Setting] = by_key(
    Setting(
        key=THRESHOLD,
        name="threshold",
        default="50",
        read=whole(1, 99),
        control=Slider(
            label="Threshold",
            min=1,
            max=99,
            unit=" %",
            help="If all cats and dogs together are less probable than this, it is neither.",
        ),
    ),
)
