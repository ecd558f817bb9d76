"""One word for one thing: identifiers use the field's words, and no two types share a name."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted([*(ROOT / "app").rglob("*.py"), *(ROOT / "cnn_core").rglob("*.py")])
SCRIPTS = sorted((ROOT / "app").rglob("*.js"))

REPLACED = {
    "reach": "effective_size",
    "room": "free",
    "taps_under": "input_indices",
    "readers_of": "output_indices",
    "winner": "argmax",
    "winners": "argmax",
    "slope": "gradient",
    "slopes": "gradients",
    "heat": "attribution",
    "evidence": "attribution",
    "twin": "randomized network",
    "twins": "randomized networks",
    "agreement": "rank correlation",
    "votes": "logit contributions",
    "effective_field": "effective_receptive_field",
    "making": "decomposition",
    "sketch": "network builder",
    "recipe": "layer settings",
    "painting": "image parameterization",
    "waves": "image parameterization",
    "walk": "slide",
    "walks": "slides",
    "hand": "pointer",
    "draft": "preview",
    "drafts": "previews",
    "look": "view",
    "looks": "views",
}
"""What the code no longer says, and what it says instead."""

KEPT = {
    "winners",  # Pooled.winners: callers outside know it by this name
    "look_at",  # the lesson "What does it look at?", and its path in links
    "walk",  # ast.walk and os.walk are Python's
    "look",  # a setting in links to Pictures are numbers
    "draft",  # PIL.Image.draft, which decodes a large JPEG smaller
}


def identifiers(path: Path) -> Iterator[str]:
    """Every name that a file defines or uses; text and comments are no names."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".js":
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL)
        code = re.sub(r'"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`', "", code)
        yield from re.findall(r"[A-Za-z_$][\w$]*", code)
        return
    for node in ast.walk(ast.parse(text)):
        for field in ("id", "attr", "name", "arg"):
            value = getattr(node, field, None)
            if isinstance(value, str):
                yield value


def words(identifier: str) -> Iterator[str]:
    """The identifier, and the words it is made of."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", identifier).lower().strip("_")
    yield snake
    yield from snake.split("_")


@pytest.mark.parametrize("path", [*SOURCES, *SCRIPTS], ids=lambda p: str(p.relative_to(ROOT)))
def test_identifiers_use_the_fields_words(path: Path) -> None:
    found = set()
    for identifier in set(identifiers(path)):
        plain = identifier.replace("look_at", "").replace("lookat", "")
        if identifier in KEPT:
            continue
        found |= {(identifier, word) for word in words(plain) if word in REPLACED}
    assert not found, {name: REPLACED[word] for name, word in found}


def test_no_two_types_share_a_name() -> None:
    names = Counter(
        node.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    names.update(
        node.target.id
        for path in SOURCES
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and ast.unparse(node.annotation) == "TypeAlias"
    )
    assert [name for name, count in names.items() if count > 1] == []
