"""Max pooling and translation."""

from app.lesson import Lesson, deferred, guide, handlers, page
from app.lessons.translation.settings import SETTINGS
from app.networks import settings as networks
from app.session.settings import merged

LESSON = Lesson(
    key="translation",
    title="Max pooling and translation",
    section="Regularization",
    icon=":material/open_with:",
    promise="Shift the picture by a few pixels: what does pooling hide, and where does it fail?",
    settings=merged(
        [{key: networks.SETTINGS[key] for key in ("network", "garment")}, SETTINGS],
    ),
    handlers=handlers("app.lessons.translation.live"),
    guide=guide("app.lessons.translation.guide"),
    shown_instead=deferred("app.lessons.translation.page", "shown_instead"),
    thumbnail=deferred("app.lessons.translation.thumbnail", "thumbnail"),
    keys=(
        ("← →", "on the window, go to the window before or after"),
        ("← → ↑ ↓", "on the picture, shift it by 1 pixel, with Shift by 4"),
        ("Home", "on the picture, take the shift back"),
    ),
    show=page("app.lessons.translation.page"),
)
