"""Inside a CNN."""

from app.lesson import Lesson, deferred, guide, handlers, page
from app.lessons.inside_cnn.settings import SETTINGS

LESSON = Lesson(
    key="inside_cnn",
    title="Inside a CNN",
    section="Networks",
    icon=":material/hub:",
    promise="See how a trained network turns a picture into class probabilities. Select any map.",
    settings=SETTINGS,
    misfits=deferred("app.lessons.inside_cnn.misfits", "misfits"),
    handlers=handlers("app.lessons.inside_cnn.live"),
    warm_up=deferred("app.lessons.inside_cnn.warm", "warm_up"),
    guide=guide("app.lessons.inside_cnn.guide"),
    shown_instead=deferred("app.networks.shown_instead", "shown_instead"),
    thumbnail=deferred("app.lessons.inside_cnn.thumbnail", "thumbnail"),
    keys=(
        ("← → ↑ ↓", "go to another map, or to another unit of a map"),
        ("Enter", "open a map or a unit"),
        ("Escape", "one level back"),
        ("Space", "freeze the live camera, on the maps"),
    ),
    show=page("app.lessons.inside_cnn.page"),
)
