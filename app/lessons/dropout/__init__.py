"""Dropout."""

from app.lesson import Lesson, deferred, guide, handlers, page
from app.lessons.dropout.settings import SETTINGS

LESSON = Lesson(
    key="dropout",
    title="Dropout",
    section="Regularization",
    icon=":material/blur_on:",
    promise="While a network is trained, a random part of its neurons is put to 0.",
    settings=SETTINGS,
    handlers=handlers("app.lessons.dropout.live"),
    guide=guide("app.lessons.dropout.guide"),
    shown_instead=deferred("app.lessons.dropout.shown", "shown_instead"),
    thumbnail=deferred("app.lessons.dropout.thumbnail", "thumbnail"),
    keys=(("← → ↑ ↓", "go to another neuron of the drawn network"),),
    show=page("app.lessons.dropout.page"),
)
