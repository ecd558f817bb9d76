"""Imports run one way, from cnn_core up to the server; every import in the code is read."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

_SHARED = {"caching", "drawing", "live", "session", "browser", "networks", "lesson", "guide"}
ABOVE = {
    "caching": set[str](),
    "style": set[str](),
    "security": set[str](),
    "old_links": {"session"},
    "missing_page": {"session"},
    "drawing": {"caching"},
    "live": {"caching", "drawing"},
    "session": {"caching", "drawing", "live"},
    "browser": {"caching", "drawing", "live", "session"},
    "networks": {"caching", "drawing", "live", "session"},
    "health": set[str](),
    "metrics": {"caching", "live", "networks"},
    "guide": {"session", "browser"},
    "lesson": {"live", "session", "guide"},
    "lessons": _SHARED,
    "catalogue": {"live", "session", "lesson", "lessons"},
    "start": _SHARED,
    "page_head": _SHARED,
    "main": {*_SHARED, "style", "catalogue", "page_head", "start"},
    "server": {
        *_SHARED,
        *("security", "old_links", "missing_page", "health", "metrics", "catalogue", "start"),
    },
    "__main__": set[str](),
    "__init__": set[str](),
}
"""The rooms of `app`, and which others each may import. What a room may not import, it must not
know: the session knows no lesson, the drawing no page."""

NEVER_DRAWS_PAGES = ("settings", "questions", "live", "live_drawing", "frame")
"""Modules of a lesson that also work where there is no page."""


def modules(folder: str) -> list[Path]:
    found = sorted((ROOT / folder).rglob("*.py"))
    assert found, f"{folder} has no modules"
    return found


def imports_of(path: Path) -> set[str]:
    """Every name that a module imports, inside functions too; `a.b.c` for `from a.b import c`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found.add(node.module or "")
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def room_of(path: Path) -> str:
    parts = path.relative_to(ROOT / "app").with_suffix("").parts
    return parts[0]


def under(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


@pytest.mark.parametrize("path", modules("cnn_core"), ids=str)
def test_the_mathematics_knows_no_front_end(path: Path) -> None:
    forbidden = ("app", "streamlit", "plotly", "starlette", "msgspec")
    assert not [name for name in imports_of(path) if under(name, forbidden)]


@pytest.mark.parametrize("path", modules("app"), ids=str)
def test_every_import_in_the_app_goes_down(path: Path) -> None:
    room = room_of(path)
    for name in imports_of(path):
        if not name.startswith("app."):
            continue
        other = name.split(".")[1]
        if other in ABOVE and other != room:
            assert other in ABOVE[room], f"{room} may not import {name}"


@pytest.mark.parametrize("path", modules("app/lessons"), ids=str)
def test_no_lesson_imports_another(path: Path) -> None:
    own = path.relative_to(ROOT / "app" / "lessons").parts[0]
    others = [
        name
        for name in imports_of(path)
        if under(name, ("app.lessons",)) and name.split(".")[2:3] not in ([], [own])
    ]
    assert not others


def test_every_room_of_the_app_has_its_place() -> None:
    rooms = {room_of(path) for path in modules("app")}
    assert rooms == set(ABOVE)


def test_settings_and_what_draws_import_no_streamlit() -> None:
    lessons = [
        path
        for path in modules("app/lessons")
        if path.stem in NEVER_DRAWS_PAGES or path.stem.endswith(("_drawing", "_sheet", "_view"))
    ]
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in [*lessons, *modules("app/drawing"), *modules("app/lessons/step_by_step/scene")]
        if path.stem != "__init__"
    ]
    script = "import sys\n" + "\n".join(f"import {name}" for name in names)
    script += "\nassert 'streamlit' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)


@pytest.mark.parametrize("path", modules("app"), ids=str)
def test_session_state_is_touched_by_the_session_and_for_widgets_keys_only(path: Path) -> None:
    allowed = {"kernel_edits.py"}
    if path.parent.name == "session" or path.name in allowed:
        return
    assert "session_state" not in path.read_text()


def test_importing_the_mathematics_imports_no_torch() -> None:
    names = [
        path.stem for path in (ROOT / "cnn_core").glob("*.py") if not path.stem.startswith("__")
    ]
    script = "import sys\n" + "\n".join(f"import cnn_core.{name}" for name in names)
    script += "\nassert 'torch' not in sys.modules and 'streamlit' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)


def test_the_first_pages_import_no_torch() -> None:
    script = (
        "import sys, app.catalogue, app.lessons.pictures.page, app.lessons.kernel_lab.page\n"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
