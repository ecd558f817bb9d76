"""Which settings of Step by step do not fit the picture in use or the output."""

from collections.abc import Mapping

from app.lessons.step_by_step.operands import box_fits, input_of, output_shape
from app.lessons.step_by_step.settings import SETTINGS, USUAL_BOX, read_settings
from app.session.image_picker import current_picture
from cnn_core.errors import CnnCoreError

_CHECKED = ("walk_patch", "walk_at")


def misfits(texts: Mapping[str, str]) -> dict[str, str]:
    """Find a patch outside the picture, and a pinned place outside the output.

    Settings that do not go together are the page's to report.
    """
    if all(texts[key] == SETTINGS[key].default for key in _CHECKED):
        return {}
    picture = current_picture().pixels
    try:
        settings = read_settings(texts)
        shape = output_shape(settings, input_of(settings, picture))
    except CnnCoreError:
        return {}
    found = {}
    if (
        settings.source == "patch"
        and settings.mode != "line"
        and settings.patch != USUAL_BOX
        and not box_fits(settings.patch, picture.shape)
    ):
        height, width = picture.shape[:2]
        found["walk_patch"] = (
            f"this picture is {height} × {width} pixels, and the patch begins outside it "
            "or a cell of it is larger."
        )
    if settings.at and not (settings.at[0] < shape[0] and settings.at[1] < shape[1]):
        found["walk_at"] = (
            f"the output here has rows 0 to {shape[0] - 1} and columns 0 to {shape[1] - 1}, "
            f"so there is no place {texts['walk_at']}."
        )
    return found
