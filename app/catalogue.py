"""The lessons in lecture order; the router, the link, the live channel and the tests read this.

A new lesson is a folder in `app/lessons` and one line here.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from app.lesson import Lesson
from app.lessons import (
    batch_norm,
    cats_vs_dogs,
    dense_layer,
    dropout,
    inside_cnn,
    kernel_lab,
    look_at,
    pictures,
    step_by_step,
    translation,
    watch_it_learn,
    weight_decay,
)
from app.live import handlers
from app.live.handlers import Handler
from app.session import link

LESSONS: tuple[Lesson, ...] = (
    pictures.LESSON,
    dense_layer.LESSON,
    step_by_step.LESSON,
    kernel_lab.LESSON,
    inside_cnn.LESSON,
    look_at.LESSON,
    watch_it_learn.LESSON,
    translation.LESSON,
    batch_norm.LESSON,
    dropout.LESSON,
    weight_decay.LESSON,
    cats_vs_dogs.LESSON,
)
BY_KEY: Mapping[str, Lesson] = MappingProxyType({lesson.key: lesson for lesson in LESSONS})


def scripts_at(path: str) -> str:
    """Return the folder in `app` whose scripts a path needs: a lesson's, or the start page's.

    >>> scripts_at("/kernel_lab"), scripts_at("/")
    ('lessons/kernel_lab/', 'start/')
    """
    key = path.rstrip("/").rpartition("/")[2]
    return f"lessons/{key}/" if key in BY_KEY else "start/"


def _every_handler() -> Iterator[Handler]:
    return (one for lesson in LESSONS if lesson.handlers for one in lesson.handlers())


def register() -> None:
    """Hand what the lessons have to the link and the live channel.

    Raises:
        ValueError: if two different settings have one name.
    """
    link.register(
        {link.START: {}, **{lesson.key: lesson.settings for lesson in LESSONS}},
        misfits={lesson.key: lesson.misfits for lesson in LESSONS if lesson.misfits},
    )
    handlers.register(_every_handler)


register()
