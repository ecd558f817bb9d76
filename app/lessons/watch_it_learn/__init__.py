"""Watch it learn."""

from app.lesson import Lesson, deferred, guide, handlers, page
from app.lessons.watch_it_learn.settings import SETTINGS

LESSON = Lesson(
    key="watch_it_learn",
    title="Watch it learn",
    section="Networks",
    icon=":material/school:",
    promise="Kernels start as random numbers and are corrected step by step.",
    settings=SETTINGS,
    misfits=deferred("app.lessons.watch_it_learn.train.misfits", "misfits"),
    handlers=handlers("app.lessons.watch_it_learn.live"),
    shown_instead=deferred("app.lessons.watch_it_learn.shown", "shown_instead"),
    guide=guide("app.lessons.watch_it_learn.guide"),
    thumbnail=deferred("app.lessons.watch_it_learn.thumbnail", "thumbnail"),
    show=page("app.lessons.watch_it_learn.page"),
)
