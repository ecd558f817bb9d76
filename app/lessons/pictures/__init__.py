"""Pictures are numbers."""

from app.lesson import Lesson, page
from app.lessons.pictures.settings import SETTINGS

LESSON = Lesson(
    key="pictures",
    title="Pictures are numbers",
    section="Pictures",
    icon=":material/grid_on:",
    promise="Move over the picture: the pixels under the pointer stand enlarged.",
    settings=SETTINGS,
    show=page("app.lessons.pictures.page"),
)
