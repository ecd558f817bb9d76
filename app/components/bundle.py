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

FOLDER = Path(__file__).parent
SHARED = FOLDER / "shared"
_IMPORT = re.compile(r'^import \{[^}]*\} from "(?P<path>\.[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


@cache
def component(name: str) -> Any:
    """Return the mounting command of `components/<name>`, registered at its first use."""
    return st.components.v2.component(
        f"kernelscope_{name}", css=bundle_style(name), js=bundle_script(name)
    )


@cache
def bundle_script(name: str) -> str:
    """Return `components/<name>/component.js` with everything it imports in front of it."""
    modules: dict[Path, str] = {}
    entry = _fold(FOLDER / name / "component.js", modules)
    return "\n".join([*modules.values(), entry])


@cache
def bundle_style(name: str) -> str:
    """Return the shared style sheet followed by `components/<name>/component.css`."""
    return "\n".join(
        path.read_text(encoding="utf-8")
        for path in (SHARED / "base.css", FOLDER / name / "component.css")
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
