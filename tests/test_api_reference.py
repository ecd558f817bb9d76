"""The API reference is built from the docstrings without a warning, and leaves no module out."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.api_reference import modules

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make docs` writes; what pdoc warns of (a type or a module it cannot find) fails."""
    folder = tmp_path_factory.mktemp("docs")
    command = [sys.executable, "-W", "error::UserWarning", "-m", "tests.api_reference", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)
    return folder


def test_every_public_module_has_a_page_that_the_index_leads_to(reference: Path) -> None:
    index = (reference / "index.html").read_text()
    for name in modules():
        page = f"{name.replace('.', '/')}.html"
        assert (reference / page).is_file()
        assert f'href="{page}"' in index


def test_a_page_shows_signature_docstring_and_arguments(reference: Path) -> None:
    page = (reference / "cnn_core" / "convolution.html").read_text()
    assert "Slide a kernel over a picture" in page
    assert "<h6" in page  # a Google section, such as Arguments, became a heading
    assert "<strong>stride:</strong>" in page


def test_private_modules_have_no_page(reference: Path) -> None:
    assert not [path for path in reference.rglob("*.html") if path.name.startswith("_")]


def test_a_package_shows_what_it_imports_at_first_use(reference: Path) -> None:
    page = (reference / "cnn_core" / "networks.html").read_text()
    assert "Explain the value of one unit" in page
