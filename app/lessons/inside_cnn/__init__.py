"""Inside a CNN."""

from app.lesson import Lesson, deferred, page
from app.lessons.inside_cnn.live import HANDLERS
from app.networks.settings import SETTINGS

LESSON = Lesson(
    key="inside_cnn",
    title="Inside a CNN",
    section="Networks",
    icon=":material/hub:",
    promise="The picture flows through every layer of a trained network; click anything.",
    settings=SETTINGS,
    misfits=deferred("app.lessons.inside_cnn.misfits", "misfits"),
    handlers=HANDLERS,
    warm_up=deferred("app.networks.warm", "load_networks"),
    show=page("app.lessons.inside_cnn.page"),
)
