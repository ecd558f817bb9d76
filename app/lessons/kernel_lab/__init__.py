"""Kernel lab."""

from app.lesson import Lesson, deferred, guide, handlers, page
from app.lessons.kernel_lab.settings import SETTINGS
from app.live.drawing_process import DRAWING

LESSON = Lesson(
    key="kernel_lab",
    title="Kernel lab",
    section="Convolution",
    icon=":material/blur_on:",
    promise="Paint a kernel and watch the picture change.",
    settings=SETTINGS,
    handlers=handlers("app.lessons.kernel_lab.live"),
    warm_up=DRAWING.start,
    guide=guide("app.lessons.kernel_lab.guide"),
    thumbnail=deferred("app.lessons.kernel_lab.thumbnail", "thumbnail"),
    keys=(
        ("← → ↑ ↓", "in the kernel, go to another weight"),
        ("Space", "on a weight, paint with the brush"),
        ("Enter", "on a weight, type a number"),
        ("Page Up, Page Down", "on a weight, a little more or less"),
        ("Ctrl + Z", "undo; with Shift redo"),
        ("← → ↑ ↓", "on a picture, go to another place; with Shift ten cells"),
        ("Enter", "on a picture, open the sum at the place step by step"),
    ),
    show=page("app.lessons.kernel_lab.page"),
)
