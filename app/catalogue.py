"""The lessons in lecture order; the router, the link, the live channel and the tests read this.

A new lesson is a folder in `app/lessons` and one line here.
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.lesson import Lesson
from app.lessons import inside_cnn, kernel_lab, look_at, pictures, step_by_step
from app.live import handlers
from app.session import link

LESSONS: tuple[Lesson, ...] = (
    pictures.LESSON,
    step_by_step.LESSON,
    kernel_lab.LESSON,
    inside_cnn.LESSON,
    look_at.LESSON,
)
BY_KEY: Mapping[str, Lesson] = MappingProxyType({lesson.key: lesson for lesson in LESSONS})


def lesson_at(path: str) -> str:
    """Return the key of the lesson that is shown at a path of the app; the first one at the root.

    >>> lesson_at("/kernel_lab"), lesson_at("/")
    ('kernel_lab', 'pictures')
    """
    key = path.rstrip("/").rpartition("/")[2]
    return key if key in BY_KEY else LESSONS[0].key


def register() -> None:
    """Hand what the lessons have to the link and the live channel.

    Raises:
        ValueError: if two different settings, or two questions, have one name.
    """
    link.register(
        {lesson.key: lesson.settings for lesson in LESSONS},
        misfits={lesson.key: lesson.misfits for lesson in LESSONS if lesson.misfits},
    )
    handlers.register(handler for lesson in LESSONS for handler in lesson.handlers)


register()
