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
        ("Home, End", "first or last step; in a grid, first or last cell"),
        ("← → ↑ ↓", "in a grid, go to another cell; on the box in the picture, move it"),
        ("↑ ↓", "on a number of a kernel or of a 1-D signal, a little more or less"),
        ("+ −", "on the box in the picture, larger or smaller"),
        ("Enter", "on a number of the input or the kernel, change it"),
        ("0 to 9", "on a number of the input or the kernel, type another"),
        ("Delete", "set a number to 0"),
        ("Escape", "close the settings, or let go of what is selected"),
    ),
    show=page("app.lessons.step_by_step.page"),
)
