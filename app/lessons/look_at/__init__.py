"""What does it look at?"""

from app.lesson import Lesson, deferred, guide, handlers, page
from app.lessons.look_at.settings import SETTINGS
from app.networks import settings as networks
from app.session.settings import merged

LESSON = Lesson(
    key="look_at",
    title="What does it look at?",
    section="Networks",
    icon=":material/visibility:",
    promise="Cover a part of the picture with a gray square and watch the class probabilities.",
    settings=merged([networks.SETTINGS, SETTINGS]),
    misfits=deferred("app.lessons.look_at.misfits", "misfits"),
    handlers=handlers("app.lessons.look_at.live"),
    warm_up=deferred("app.lessons.look_at.ahead", "explain_samples"),
    guide=guide("app.lessons.look_at.guide"),
    shown_instead=deferred("app.networks.shown_instead", "shown_instead"),
    thumbnail=deferred("app.lessons.look_at.thumbnail", "thumbnail"),
    keys=(
        ("← → ↑ ↓", "move the gray square, with Shift in large steps"),
        ("+ −", "make the square larger or smaller"),
    ),
    show=page("app.lessons.look_at.page"),
)
