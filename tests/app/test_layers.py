"""Imports run one way: cnn_core, render, then widgets, components and live, then lessons."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE_ONLY = ("app.lessons", "app.main", "app.server")
SHOWN = (
    "app.widgets",
    "app.browser",
    "app.live.channel",
    "app.style",
    "app.session.state",
)


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found.add(node.module or "")
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def under(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


@pytest.mark.parametrize("path", modules("cnn_core"), ids=str)
def test_the_mathematics_knows_no_front_end(path: Path) -> None:
    forbidden = ("app", "streamlit", "plotly", "starlette")
    assert not [name for name in imports_of(path) if under(name, forbidden)]


@pytest.mark.parametrize("path", modules("app/drawing"), ids=str)
def test_drawing_knows_no_streamlit_and_nothing_above_it(path: Path) -> None:
    forbidden = ("streamlit", *PAGE_ONLY, *SHOWN)
    assert not [name for name in imports_of(path) if under(name, forbidden)]


@pytest.mark.parametrize("path", [*modules("app/widgets"), *modules("app/components")], ids=str)
def test_widgets_components_and_the_channel_know_no_lesson(path: Path) -> None:
    assert not [name for name in imports_of(path) if under(name, PAGE_ONLY)]


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
        "import sys, app.live.channel, app.lessons.pictures.page, app.lessons.kernel_lab.page\n"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
