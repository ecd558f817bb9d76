"""One JavaScript text for each component, its shared modules folded in.

Streamlit hands a component's script to the browser as one piece, which cannot import its neighbors.
The sources are ordinary ES modules all the same (so `node --test` runs them); here the imports
between them are replaced by the modules themselves.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

SHARED = Path(__file__).parent
APP = SHARED.parent
_IMPORT = re.compile(r'^import \{[^}]*\} from "(?P<path>\.[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


@cache
def component(file: str) -> Any:
    """Return the mounting command of the component whose `__init__.py` this is.

    Registered at its first use.
    """
    folder = Path(file).parent
    return st.components.v2.component(
        f"kernelscope_{folder.name}", css=bundle_style(folder), js=bundle_script(folder)
    )


@cache
def bundle_script(folder: Path) -> str:
    """Return the folder's `component.js` with everything it imports in front of it."""
    modules: dict[Path, str] = {}
    entry = _fold(folder / "component.js", modules)
    return "\n".join([*modules.values(), entry])


@cache
def bundle_style(folder: Path) -> str:
    """Return the shared style sheet followed by the folder's `component.css`."""
    return "\n".join(
        path.read_text(encoding="utf-8") for path in (SHARED / "base.css", folder / "component.css")
    )


def _fold(path: Path, modules: dict[Path, str]) -> str:
    """Return a module without its imports; what it imports goes into `modules`, once, first."""
    source = path.read_text(encoding="utf-8")
    for match in _IMPORT.finditer(source):
        imported = (path.parent / match["path"]).resolve()
        if imported not in modules:
            text = _fold(imported, modules)
            modules[imported] = _EXPORT.sub("", text)
    return _IMPORT.sub("", source)
