"""Batch normalization."""

from app.lesson import Lesson, deferred, guide, handlers, page
from app.lessons.batch_norm.settings import SETTINGS

LESSON = Lesson(
    key="batch_norm",
    title="Batch normalization",
    section="Regularization",
    icon=":material/align_horizontal_center:",
    promise="Bring every feature of a batch to mean 0 and standard deviation 1.",
    settings=SETTINGS,
    misfits=deferred("app.lessons.batch_norm.misfits", "misfits"),
    handlers=handlers("app.lessons.batch_norm.live"),
    guide=guide("app.lessons.batch_norm.guide"),
    shown_instead=deferred("app.lessons.batch_norm.shown", "shown_instead"),
    thumbnail=deferred("app.lessons.batch_norm.thumbnail", "thumbnail"),
    keys=(
        ("1 to 8", "on the points, choose one; 0 chooses all of them"),
        ("← → ↑ ↓", "on the points, move what is chosen, with Shift in large steps"),
        ("+ −", "on the points, spread all of them out or pull them together"),
    ),
    show=page("app.lessons.batch_norm.page"),
)
