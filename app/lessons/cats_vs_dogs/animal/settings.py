"""The settings of the view animal."""

from collections.abc import Mapping

from app.session.settings import Setting, by_key, whole

THRESHOLD = "animal_threshold"

SETTINGS: Mapping[str, Setting] = by_key(
    Setting(
        key=THRESHOLD,
        name="threshold",
        default="50",
        read=whole(1, 99),
    ),
)
