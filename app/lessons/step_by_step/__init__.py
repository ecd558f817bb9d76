"""Step by step."""

from app.lesson import Lesson, deferred, page
from app.lessons.step_by_step.settings import SETTINGS

LESSON = Lesson(
    key="step_by_step",
    title="Step by step",
    section="Convolution",
    icon=":material/footprint:",
    promise="A window walks: each product appears, and their sum lands in its cell.",
    settings=SETTINGS,
    misfits=deferred("app.lessons.step_by_step.misfits", "misfits"),
    show=page("app.lessons.step_by_step.page"),
)
