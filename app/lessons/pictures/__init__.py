"""Pictures are numbers."""

from app.lesson import Lesson, deferred, guide, page
from app.lessons.pictures.settings import SETTINGS

LESSON = Lesson(
    key="pictures",
    title="Pictures are numbers",
    section="Pictures",
    icon=":material/grid_on:",
    promise="Move over the picture: the pixels under the pointer are shown enlarged.",
    settings=SETTINGS,
    misfits=deferred("app.lessons.pictures.misfits", "misfits"),
    guide=guide("app.lessons.pictures.guide"),
    thumbnail=deferred("app.lessons.pictures.thumbnail", "thumbnail"),
    keys=(
        ("← → ↑ ↓", "move the magnifier, with Shift in large steps"),
        ("Enter", "hold the magnifier where it is, or let it go"),
    ),
    show=page("app.lessons.pictures.page"),
)
