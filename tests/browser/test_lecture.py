"""The lecture from numbers to Grad-CAM: once with the keyboard alone, once with a finger on a phone."""

import re

from playwright.sync_api import Page, expect

from tests.browser.pages import OpenPage

MOST_STOPS = 60
"""Tab stops of a page; no part of one may need more."""
FOCUSED = """() => {
    let one = document.activeElement;
    while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
    const name = one.getAttribute("aria-label") ?? one.textContent ?? "";
    return `${one.tagName.toLowerCase()} ${name.trim().replace(/\\s+/g, " ").slice(0, 100)}`;
}"""


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until something has the focus whose tag and name match."""
    passed = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = str(page.evaluate(FOCUSED))
        if re.search(wanted, focused):
            return
        passed.append(focused)
    raise AssertionError(f"Tab never came to {wanted!r}, only to {passed}")


def go_to(page: Page, title: str, ready: str) -> None:
    """Open a lesson from the outline, with the keyboard."""
    page.evaluate("document.activeElement?.blur()")
    tab_to(page, f"^a .*{re.escape(title)}")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(title)
    expect(page.locator(ready).first).to_be_visible()


def test_the_lecture_with_the_keyboard_alone(open_page: OpenPage, server: str) -> None:
    page = open_page(1280, 720, still=True)
    page.goto(server)
    expect(page.locator(".opening .sum")).to_have_text(re.compile(r"\d"))
    # Numbers: the patch is moved and held.
    go_to(page, "Pictures are numbers", ".magnifier .cell")
    tab_to(page, "^canvas Mandrill")
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"at=\d+%2C256"))
    # The window: step by step to the second output.
    go_to(page, "Step by step", ".panel.output .value")
    tab_to(page, "^button Step forward")
    page.keyboard.press("Enter")
    expect(page.locator(".sum .heading")).to_contain_text("row 0, column 1")
    # Sobel: the next kernel of the strip.
    go_to(page, "Kernel lab", ".live-view figure canvas")
    tab_to(page, "^div Sobel, left-right")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".painter .name")).to_have_text("Sobel, up-down")
    expect(page).to_have_url(re.compile("kernel=sobel_y"))
    # Pooling: average instead of max.
    tab_to(page, "^select Pooling")
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("pooling=average"))
    # A map of the trained network.
    go_to(page, "Inside a CNN", ".explorer[data-settled] [aria-label^='Stem, ReLU6']")
    tab_to(page, "^canvas Stem")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"channel=\d"))
    # Where it looks: the attribution beside Grad-CAM, and back.
    go_to(page, "What does it look at?", ".occluder [role=application]")
    tab_to(page, "^button Grad-CAM")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("heat=occlusion"))
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("heat="))


def tap_lesson(page: Page, title: str, ready: str) -> None:
    """Open a lesson from the outline, which is a drawer on a phone, with a finger."""
    page.get_by_test_id("stExpandSidebarButton").tap()
    page.get_by_test_id("stSidebarNavLink").filter(has_text=title).tap()
    expect(page.locator("h1")).to_contain_text(title)
    expect(page.get_by_test_id("stSidebar")).not_to_be_in_viewport()
    expect(page.locator(ready).first).to_be_visible()


def test_the_lecture_with_a_finger_on_a_phone(open_page: OpenPage, server: str) -> None:
    page = open_page(390, 844, touch=True, mobile=True, still=True)
    page.goto(server)
    expect(page.locator(".opening .sum")).to_have_text(re.compile(r"\d"))
    tap_lesson(page, "Pictures are numbers", ".magnifier .cell")
    page.locator(".magnifier canvas").tap(position={"x": 40, "y": 60})
    expect(page).to_have_url(re.compile("at="))
    tap_lesson(page, "Step by step", ".panel.output .value")
    page.get_by_label("Step forward").tap()
    expect(page.locator(".sum .heading")).to_contain_text("row 0, column 1")
    tap_lesson(page, "Kernel lab", ".live-view figure canvas")
    page.get_by_role("option", name="Sobel, up-down").tap()
    expect(page).to_have_url(re.compile("kernel=sobel_y"))
    page.get_by_label("Pooling", exact=True).select_option("average")
    expect(page).to_have_url(re.compile("pooling=average"))
    tap_lesson(page, "Inside a CNN", ".explorer[data-settled] [aria-label^='Stem, ReLU6']")
    stem = page.get_by_role("application", name=re.compile("^Stem, ReLU6: "))
    # The first time it is pointed at, the second time it opens.
    stem.tap(position={"x": 20, "y": 20})
    expect(page.locator(".net-wires[data-lit]")).to_be_attached()
    stem.tap(position={"x": 20, "y": 20})
    expect(page).to_have_url(re.compile(r"channel=\d"))
    tap_lesson(page, "What does it look at?", ".occluder [role=application]")
    page.get_by_role("radio", name="Occlusion").tap()
    expect(page).to_have_url(re.compile("heat=occlusion"))
    page.get_by_role("radio", name="Grad-CAM").tap()
    expect(page).not_to_have_url(re.compile("heat="))


def test_scrolling_with_a_finger_on_a_slider_does_not_move_it(
    open_page: OpenPage, server: str
) -> None:
    page = open_page(390, 844, touch=True, mobile=True, still=True)
    page.goto(f"{server}/weight_decay")
    degree = page.get_by_label("Degree M")
    expect(degree).to_be_visible()
    expect(page.locator(".polynomial-stage .point").first).to_be_visible()
    before, where = degree.input_value(), degree.bounding_box()
    assert where is not None
    finger = page.context.new_cdp_session(page)
    x, y = where["x"] + where["width"] / 4, where["y"] + where["height"] / 2
    for step in range(16):
        kind = "touchMove" if step else "touchStart"
        finger.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y - 10 * step}]},
        )
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    after = degree.bounding_box()
    assert after is not None
    assert after["y"] < where["y"] - 50
    expect(degree).to_have_value(before)
    expect(page).not_to_have_url(re.compile("decay_degree"))
