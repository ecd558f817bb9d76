"""`cnn_core` is tested by itself: its tests pass where Streamlit is not installed."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
FRONT_END = {"app", "streamlit", "starlette", "msgspec", "cachetools", "uvicorn"}


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.py")), ids=lambda path: path.stem)
def test_no_test_of_cnn_core_imports_the_front_end(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert not imported & FRONT_END


def test_everything_is_imported_and_works_without_the_front_end() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in sorted((ROOT / "cnn_core").rglob("*.py"))
        if not path.stem.startswith("__")
    ]
    script = (
        "import importlib, sys\n"
        f"for name in {sorted(FRONT_END)!r}:\n"
        "    sys.modules[name] = None\n"  # importing it then fails
        f"for name in {modules!r}:\n"
        "    importlib.import_module(name)\n"
        "from cnn_core.networks import load, trace, explain_unit\n"
        "from cnn_core.datasets import load_fashion\n"
        "boot = trace(load('fashion_cnn'), load_fashion('test').images[0])\n"
        "print(boot.top(1)[0][0], explain_unit(boot, 'relu1a', 0).kind)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "Ankle boot activation"
