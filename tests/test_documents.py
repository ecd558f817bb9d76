"""What the documents for people name is there: files, folders and make targets."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "assets/CREDITS.md")
_PATH = re.compile(r"`((?:app|cnn_core|tests|assets)/[^`\s]*)`")
_IN_THE_DRAWING = re.compile(r"\b(?:browser|drawing|lessons|live|session)/[\w/]+\.(?:py|js)\b")
_TARGET = re.compile(r"(?:^|`)make ([a-z]+)", re.MULTILINE)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_path_that_is_named_exists(name: str) -> None:
    paths = _PATH.findall((ROOT / name).read_text())
    named = [path for path in paths if "<" not in path]  # `app/lessons/<key>/` stands for any
    missing = [path for path in named if not (any(ROOT.glob(path)) or (ROOT / path).exists())]
    assert not missing


def test_every_module_in_the_drawing_of_a_request_exists() -> None:
    sections = (ROOT / "CONTRIBUTING.md").read_text().split("\n## ")
    (drawing,) = (one for one in sections if one.startswith("The way of a request"))
    paths = _IN_THE_DRAWING.findall(drawing)
    assert len(paths) > 10
    assert not [path for path in paths if not (ROOT / "app" / path).is_file()]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_make_target_that_is_named_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(_TARGET.findall((ROOT / name).read_text()))
    assert named
    assert named <= targets
