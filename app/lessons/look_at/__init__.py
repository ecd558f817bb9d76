"""What does it look at?"""

from app.lesson import Lesson, deferred, page
from app.lessons.look_at.live import HANDLERS
from app.lessons.look_at.settings import SETTINGS
from app.networks import settings as networks
from app.session.settings import merged

LESSON = Lesson(
    key="look_at",
    title="What does it look at?",
    section="Networks",
    icon=":material/visibility:",
    promise="Drag a gray square over the picture: the class bars sway.",
    settings=merged([networks.SETTINGS, SETTINGS]),
    misfits=deferred("app.lessons.look_at.misfits", "misfits"),
    handlers=HANDLERS,
    warm_up=deferred("app.lessons.look_at.ahead", "explain_samples"),
    show=page("app.lessons.look_at.page"),
)
