"""Why not a dense layer?"""

from app.lesson import Lesson, deferred, guide, handlers, page
from app.lessons.dense_layer.settings import SETTINGS

LESSON = Lesson(
    key="dense_layer",
    title="Why not a dense layer?",
    section="Pictures",
    icon=":material/shuffle:",
    promise="Unroll a picture: neighboring pixels end up far apart. Does it matter?",
    settings=SETTINGS,
    misfits=deferred("app.lessons.dense_layer.misfits", "misfits"),
    handlers=handlers("app.lessons.dense_layer.live"),
    guide=guide("app.lessons.dense_layer.guide"),
    shown_instead=deferred("app.lessons.dense_layer.shown", "shown_instead"),
    thumbnail=deferred("app.lessons.dense_layer.thumbnail", "thumbnail"),
    keys=(
        ("← → ↑ ↓", "point at the next pixel, or move the gray square; with Shift in large steps"),
        ("Space", "on the picture: unroll it, or roll it up"),
        ("+ −", "make the gray square larger or smaller"),
    ),
    show=page("app.lessons.dense_layer.page"),
)
