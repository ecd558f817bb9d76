"""The wheel: built, installed into an empty environment, and opened from a folder of its own."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import ROOT, free_port, wait_until_up
from tests.browser.pages import new_page


def called(*words: object, folder: Path) -> str:
    """Run a program elsewhere than in the checkout; what it printed."""
    return subprocess.run(
        [str(word) for word in words], cwd=folder, check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that holds nothing but the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("installed")
    called(
        sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, ROOT, folder=folder
    )
    (wheel,) = folder.glob("kernelscope-*.whl")
    called(sys.executable, "-m", "venv", folder / "environment", folder=folder)
    found = folder / "environment" / "bin"
    pins = ROOT / "constraints.txt"
    called(found / "python", "-m", "pip", "install", "-q", "-c", pins, wheel, folder=folder)
    return found


@pytest.fixture(scope="module")
def installed(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app that the command `kernelscope` started."""
    port = free_port()
    command = [programs / "kernelscope", "--server.port", str(port), "--server.headless", "true"]
    process = subprocess.Popen(command, cwd=tmp_path_factory.mktemp("elsewhere"))
    wait_until_up(port, process)
    yield f"http://localhost:{port}"
    process.terminate()
    process.wait(timeout=30)


@pytest.mark.thorough
def test_the_installed_app_shows_what_a_network_computes(installed: str, browser: Browser) -> None:
    """Scripts, weights, pictures and the project's own configuration are all in the wheel."""
    page = new_page(browser)
    page.goto(f"{installed}/inside_cnn?network=fashion_cnn")
    expect(page.locator(".score.first")).to_contain_text("Ankle boot")
    # The project's configuration came along: Streamlit's own menu is gone.
    expect(page.locator('[data-testid="stMainMenu"]')).to_have_count(0)
    page.close()


@pytest.mark.thorough
def test_the_package_works_in_a_notebook_elsewhere(programs: Path, tmp_path: Path) -> None:
    program = (
        "from cnn_core.networks import load, trace\n"
        "from cnn_core.samples import load_sample\n"
        "import cnn_core\n"
        "print(cnn_core.__file__)\n"
        "print(trace(load('efficientnet_lite0'), load_sample('mandrill')).top(1)[0][0])\n"
    )
    place, best = called(programs / "python", "-c", program, folder=tmp_path).splitlines()
    assert not Path(place).is_relative_to(ROOT)
    assert best == "baboon"
