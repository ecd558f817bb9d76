"""A training in a real browser: it survives a reload, is stopped, and its process may be killed."""

import contextlib
import os
import re
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.screens import ONE_SCREEN, Screen, faults, rest

CHILD = b"watch_it_learn.train.child"
SCREENS = (*ONE_SCREEN, Screen(width=390, height=844, touch=True))


def open_view(page: Page, server: str, query: str = "") -> Locator:
    page.goto(f"{server}/watch_it_learn?learn_view=train{query}")
    desk = page.locator(".training-desk")
    expect(desk).to_be_visible(timeout=60_000)
    rest(page)
    return desk


def training_process(server: str) -> int:
    """Find the process that the server of this address started for its trainings."""
    port = server.rpartition(":")[2].encode()
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError):
            if CHILD not in (folder / "cmdline").read_bytes():
                continue
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            if port in Path(f"/proc/{parent}/cmdline").read_bytes().split(b"\0"):
                return int(folder.name)
    raise AssertionError("no training process")


@pytest.mark.thorough
def test_a_training_goes_on_through_a_reload_and_ends_with_its_process(
    page: Page, server: str
) -> None:
    page.emulate_media(reduced_motion="reduce")
    desk = open_view(page, server, "&learn_net_kind=dense&learn_net_epochs=30")
    expect(desk.locator(".status")).to_contain_text("Not trained yet: 118,794 parameters")
    page.get_by_role("button", name="Train", exact=True).click()
    expect(desk).to_have_attribute("data-points", re.compile("[1-9]"))
    expect(page.locator("[data-testid=stPlotlyChart]")).to_contain_text("run 1, test")
    # The page is another session now, and has its training back.
    page.reload()
    expect(desk).to_have_attribute("data-state", "running", timeout=60_000)
    page.get_by_role("button", name="Pause").click()
    expect(desk).to_have_attribute("data-state", "paused")
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    os.kill(training_process(server), signal.SIGKILL)
    expect(desk).to_have_attribute("data-state", "lost")
    expect(desk.locator(".status")).to_contain_text("ended before the training was finished")
    # The next one has a process of its own, and is stopped.
    page.get_by_role("button", name="One batch").click()
    expect(desk.locator(".status")).to_contain_text("Epoch 0.01 of 30. Paused.")
    page.get_by_role("button", name="Stop").click()
    expect(desk).to_have_attribute("data-state", "stopped")
    expect(page.get_by_text("Your last runs")).to_be_visible()
    expect(
        page.get_by_role("cell", name="CNN").or_(page.get_by_role("cell", name="Dense"))
    ).to_have_count(2)


@pytest.mark.thorough
def test_nothing_is_cut_off_while_it_trains(browser: Browser, server: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    found: list[str] = []
    for screen in SCREENS:
        page.set_viewport_size({"width": screen.width, "height": screen.height})
        desk = open_view(page, server, f"&learn_net_layers=4&{screen.query[1:]}")
        if not found and desk.get_attribute("data-state") == "none":
            page.get_by_role("button", name="One batch").click()
        expect(desk).to_have_attribute("data-state", "paused")
        found += faults(page, devtools, screen)
        if screen in ONE_SCREEN:
            box = desk.bounding_box()
            assert box
            if box["y"] + box["height"] > screen.height:
                found.append(f"{screen}: the desk ends at {box['y'] + box['height']:.0f} px")
    page.get_by_role("button", name="Stop").click()
    expect(desk).to_have_attribute("data-state", "stopped")
    context.close()
    assert not found, "\n" + "\n".join(found)
