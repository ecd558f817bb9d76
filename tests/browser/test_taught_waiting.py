"""Many pictures at once in a real browser: the page answers meanwhile, stops, and goes on."""

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from cnn_core.networks.features import BATCH
from tests.browser.screens import rest

EACH = 30
ROWS = 4 * 2 * EACH  # with three changed copies of each picture
TEACH = "cats_vs_dogs?taught_view=teach&taught_set=own&taught_copies=3"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Noise, each another."""
    draw = np.random.default_rng(0)
    made = []
    for at in range(2 * EACH):
        made.append(tmp_path / f"{at}.png")
        Image.fromarray(draw.integers(0, 256, (32, 32, 3), dtype=np.uint8)).save(made[-1])
    return made


def test_features_are_stopped_and_go_on_and_the_page_answers_meanwhile(
    page: Page, server: str, files: list[Path]
) -> None:
    page.goto(f"{server}/{TEACH}")
    bins, answer = page.locator(".class-bins"), page.locator(".taught-answer")
    expect(bins.locator(".bin")).to_have_count(2, timeout=60_000)
    rest(page)
    field, counts = bins.locator("input[type=file]"), bins.locator(".count")
    field.nth(0).set_input_files(files[:EACH])
    expect(counts.first).to_have_text(str(EACH))
    field.nth(1).set_input_files(files[EACH:])
    expect(counts.nth(1)).to_have_text(str(EACH))
    progress = page.locator(".st-key-taught_progress")
    expect(progress).to_contain_text(re.compile(rf"Computing features: \d+ of {ROWS} pictures"))

    # A name and a slider take effect, and it is still not over.
    name = page.get_by_label("Name of class 1")
    name.fill("Noise")
    name.press("Enter")
    expect(bins.get_by_role("toolbar", name="Pictures of Noise", exact=True)).to_be_attached()
    page.get_by_role("slider", name="Weight decay").press("End")
    expect(page).to_have_url(re.compile("taught_decay=10"))
    expect(progress).to_contain_text("Computing features")

    page.get_by_test_id("stMain").get_by_role("button", name="Stop", exact=True).last.click()
    stopped = re.compile(rf"Stopped: \d+ of {ROWS} pictures have no features yet")
    expect(progress).to_contain_text(stopped)
    rest(page)

    def lacking() -> int:
        return int(re.findall(r"\d+", progress.get_by_text(stopped).inner_text())[0])

    before = lacking()
    assert 0 < before <= ROWS
    # The page answers, nothing goes on by itself, no picture is lost.
    name.fill("Gray")
    name.press("Enter")
    expect(bins.get_by_role("toolbar", name="Pictures of Gray", exact=True)).to_be_attached()
    rest(page)
    assert before - BATCH <= lacking() <= before  # what was under way when it was stopped
    assert counts.all_inner_texts() == [str(EACH)] * 2

    page.get_by_role("button", name="Go on").click()
    expect(answer.locator(".accuracy")).to_contain_text(f"of {2 * EACH} correct", timeout=90_000)
    expect(progress).to_have_count(0)
