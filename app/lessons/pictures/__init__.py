"""Pictures are numbers."""

from app.lesson import Lesson, deferred, page
from app.lessons.pictures.settings import SETTINGS

LESSON = Lesson(
    key="pictures",
    title="Pictures are numbers",
    section="Pictures",
    icon=":material/grid_on:",
    promise="Move over the picture: the pixels under the pointer stand enlarged.",
    settings=SETTINGS,
    misfits=deferred("app.lessons.pictures.misfits", "misfits"),
    show=page("app.lessons.pictures.page"),
)
