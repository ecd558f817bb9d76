"""The pages in lecture order; the router, the link and the tests all read this one list.

A new page is a module in `app/lessons` with a function `show()`, and one line here.
"""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntry:
    """One lesson.

    Attributes:
        key: its module in `app.lessons`, and its path in the address bar.
        title: its name in the menu and at its head.
        section: the heading it stands under.
        icon: a Material symbol.
        promise: one line under the title: what one sees here.
    """

    key: str
    title: str
    section: str
    icon: str
    promise: str

    def show(self) -> None:
        """Draw the page; its module is imported only now, so it costs only its readers."""
        importlib.import_module(f"app.lessons.{self.key}.page").show()


PAGES: tuple[PageEntry, ...] = (
    PageEntry(
        key="pictures",
        title="Pictures are numbers",
        section="Pictures",
        icon=":material/grid_on:",
        promise="Move over the picture: the pixels under the pointer stand enlarged.",
    ),
    PageEntry(
        key="step_by_step",
        title="Step by step",
        section="Convolution",
        icon=":material/footprint:",
        promise="A window walks: each product appears, and their sum lands in its cell.",
    ),
    PageEntry(
        key="kernel_lab",
        title="Kernel lab",
        section="Convolution",
        icon=":material/blur_on:",
        promise="Paint a kernel and watch what it makes of the picture.",
    ),
    PageEntry(
        key="inside_cnn",
        title="Inside a CNN",
        section="Networks",
        icon=":material/hub:",
        promise="The picture flows through every layer of a trained network; click anything.",
    ),
    PageEntry(
        key="look_at",
        title="What does it look at?",
        section="Networks",
        icon=":material/visibility:",
        promise="Drag a gray square over the picture: the class bars sway.",
    ),
)
BY_KEY: Mapping[str, PageEntry] = MappingProxyType({page.key: page for page in PAGES})
