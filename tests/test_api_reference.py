"""The API reference is built from the docstrings without a warning, and leaves no module out."""

from pathlib import Path

import pytest

from tests.api_reference import modules, write


# Every warning is an error here: a type that pdoc cannot resolve, a module it cannot import.
@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    write(folder)
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
