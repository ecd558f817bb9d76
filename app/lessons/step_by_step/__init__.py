"""Step by step."""

from app.lesson import Lesson, deferred, guide, page
from app.lessons.step_by_step.settings import SETTINGS

LESSON = Lesson(
    key="step_by_step",
    title="Step by step",
    section="Convolution",
    icon=":material/footprint:",
    promise="A kernel slides over numbers: see each product, and their sum as one output.",
    settings=SETTINGS,
    misfits=deferred("app.lessons.step_by_step.misfits", "misfits"),
    guide=guide("app.lessons.step_by_step.guide"),
    thumbnail=deferred("app.lessons.step_by_step.thumbnail", "thumbnail"),
    keys=(
        ("Space", "play or pause"),
        ("← →", "one step back or forward"),
        ("← → ↑ ↓", "in a grid, go to another cell"),
        ("0 to 9", "on a number of the input or the kernel, type another"),
        ("Delete", "set a number to 0"),
        ("Escape", "let go of what is selected"),
    ),
    show=page("app.lessons.step_by_step.page"),
)
