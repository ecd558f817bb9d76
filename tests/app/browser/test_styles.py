"""The style sheets of the components: every class they dress is one that a script makes."""

import re
from pathlib import Path

import pytest

from app.browser import modules

PLOTLYS = {"svg-container", "main-svg", "draglayer", "drag"}
"""What Plotly makes inside a chart of ours."""

COMPONENTS = sorted(modules.APP.rglob("component.js"))


@pytest.mark.parametrize("script", COMPONENTS, ids=lambda path: path.parent.name)
def test_every_class_in_a_style_sheet_is_made_by_a_script(script: Path) -> None:
    sheets = [path.read_text(encoding="utf-8") for path in script.parent.glob("*.css")]
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in modules.closure(script))
    words = set(re.findall(r"[a-z][a-z0-9-]*", scripts))
    # A class with a number at its end is made by a template such as `c${channel}`.
    templates = set(re.findall(r"([a-z][a-z-]*)\$\{", scripts))
    for name in sorted({*classes_in("\n".join(sheets))} - PLOTLYS):
        assert name in words or name.rstrip("0123456789") in templates, name


def classes_in(sheet: str) -> list[str]:
    """List the classes in the selectors of a style sheet."""
    without_comments = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    selectors = re.sub(r"\{[^{}]*\}", "", without_comments)
    return re.findall(r"\.([a-zA-Z][\w-]*)", selectors)
