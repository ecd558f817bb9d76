"""Weight decay."""

from app.lesson import Lesson, deferred, guide, handlers, page
from app.lessons.weight_decay.settings import SETTINGS

LESSON = Lesson(
    key="weight_decay",
    title="Weight decay",
    section="Regularization",
    icon=":material/compress:",
    promise="Large weights cost something: a wild curve becomes smooth, and predicts better.",
    settings=SETTINGS,
    handlers=handlers("app.lessons.weight_decay.live"),
    guide=guide("app.lessons.weight_decay.guide"),
    shown_instead=deferred("app.lessons.weight_decay.shown", "shown_instead"),
    thumbnail=deferred("app.lessons.weight_decay.thumbnail", "thumbnail"),
    keys=(
        ("← → ↑ ↓", "on the points, move the chosen one, with Shift further"),
        ("Page Up, Page Down", "on the points, choose the one before or after"),
        ("+, Delete", "on the points, add one, or remove the chosen one"),
    ),
    show=page("app.lessons.weight_decay.page"),
)
