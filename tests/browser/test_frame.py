"""What is around every lesson: the start page, the outline, the head with the picture and its buttons."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from app.catalogue import LESSONS
from cnn_core.convolution import convolve
from cnn_core.images import grayscale
from cnn_core.kernels import KERNELS
from cnn_core.samples import load_sample
from tests.browser.lab import visit
from tests.browser.pages import OpenPage, some_first
from tests.browser.picker import caption, choice, choose, png
from tests.browser.screens import STAGES, rest

CARDS = ".st-key-lesson_cards img"
DROP = """([selector, kind, bytes]) => {
    const files = new DataTransfer();
    files.items.add(new File([new Uint8Array(bytes)], "mine.png", { type: "image/png" }));
    const options = { bubbles: true, cancelable: true };
    const event = kind === "paste"
        ? new ClipboardEvent("paste", { ...options, clipboardData: files })
        : new DragEvent("drop", { ...options, dataTransfer: files });
    document.querySelector(selector).dispatchEvent(event);
}"""


def test_every_lesson_is_named_in_the_outline_in_order(page: Page, server: str) -> None:
    page.goto(server)
    titles = [lesson.title for lesson in LESSONS]
    expect(page.get_by_test_id("stSidebarNavLink")).to_have_text(
        [re.compile(title) for title in ["Kernelscope", *titles]]
    )
    visit(page, titles[1])
    expect(page).to_have_url(f"{server}/{LESSONS[1].key}")


def test_the_start_page_draws_a_card_of_every_lesson_and_leads_there(
    page: Page, server: str
) -> None:
    page.goto(server)
    cards = page.locator(CARDS)
    expect(cards).to_have_count(len(LESSONS))
    for at in range(len(LESSONS)):
        expect(cards.nth(at)).to_have_js_property("naturalWidth", 256)
    page.locator(".st-key-card_kernel_lab").click()
    expect(page).to_have_url(f"{server}/kernel_lab")


def test_the_openings_numbers_are_those_of_the_pixel_under_the_pointer(
    open_page: OpenPage, server: str
) -> None:
    page = open_page(1280, 720, still=True)
    page.goto(server)
    cells, total = page.locator(".opening .equation .cells"), page.locator(".opening .sum")
    expect(total).not_to_be_empty()
    gray = grayscale(load_sample("mandrill"))
    response = convolve(gray, KERNELS["sobel_x"].array, border="replicate")
    box = page.locator(".opening .picture").bounding_box()
    assert box
    for row, column in ((100, 200), (300, 60)):
        x = box["x"] + box["width"] * (column + 0.5) / 512
        page.mouse.move(x, box["y"] + box["height"] * (row + 0.5) / 512)
        expected = f"{response[row, column]:.0f}".replace("-", "\u2212")
        expect(total).to_have_text(expected)
        window = gray[row - 1 : row + 2, column - 1 : column + 2]
        texts = [str(value) for value in window.ravel()]
        expect(cells.first.locator(".cell")).to_have_text(texts)


def test_the_window_moves_by_itself_once_and_stops_for_a_hand(
    open_page: OpenPage, server: str
) -> None:
    page = open_page(1280, 720)
    page.goto(server)
    window = page.locator(".opening .window")
    expect(window).to_be_visible()
    first = window.bounding_box()
    page.wait_for_function(
        """x => [...document.querySelectorAll("*")].some((one) => {
            const found = one.shadowRoot?.querySelector(".opening .window");
            return found && Math.abs(found.getBoundingClientRect().x - x) > 20;
        })""",
        arg=first["x"] if first else 0,
    )
    page.locator(".opening .picture").focus()
    page.keyboard.press("ArrowRight")
    stopped = window.bounding_box()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    assert window.bounding_box() == stopped


@pytest.mark.parametrize("kind", ["paste", "drop"])
@pytest.mark.parametrize("path", ["", "step_by_step"])
def test_a_picture_is_pasted_or_dropped_anywhere(
    page: Page, server: str, path: str, kind: str
) -> None:
    page.goto(f"{server}/{path}")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".toolbar button").first).to_be_visible()
    page.evaluate(DROP, ["[data-testid=stMain]", kind, list(png(30, 40))])
    expect(page).to_have_url(re.compile("picture=upload-"))


def test_a_choice_from_the_list_closes_it(page: Page, server: str) -> None:
    page.goto(f"{server}/step_by_step")
    choose(page, "Coffee")
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    expect(caption(page)).to_contain_text("Coffee")
    expect(choice(page).get_by_role("button", name="Mandrill", exact=True)).to_be_visible()


def test_reset_puts_back_this_lessons_settings_and_can_be_undone(page: Page, server: str) -> None:
    page.goto(f"{server}/kernel_lab?stride=3&kernel=gaussian_5&walk_bias=2&picture=coffee")
    expect(page.locator(".painter .cell").first).to_be_visible()
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(page).to_have_url(f"{server}/kernel_lab?picture=coffee")
    expect(page.locator(".painter .name")).to_have_text("Sobel, left-right")
    page.get_by_role("button", name="Undo reset").click()
    expect(page).to_have_url(re.compile("stride=3"))
    expect(page).to_have_url(re.compile("kernel=gaussian_5"))
    expect(page.get_by_role("button", name="Reset", exact=True)).to_be_visible()


def test_the_link_is_copied(browser: Browser, server: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{server}/kernel_lab?stride=2")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".toolbar .said")).to_have_text("Link copied.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{server}/kernel_lab?stride=2"
    context.close()


def test_presenting_shows_the_stage_alone_and_goes_from_lesson_to_lesson(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/kernel_lab")
    expect(page.locator(".live-view")).to_be_visible()
    expect(page.locator(".toolbar")).to_be_visible()
    page.keyboard.press("p")
    keys = page.get_by_role("dialog", name="Keys of this page")
    page.keyboard.press("?")
    expect(keys).to_contain_text("Page Up")
    keys.get_by_role("button", name="Close").click()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.locator("h1")).to_be_hidden()
    expect(page.locator(".live-view")).to_be_visible()
    expect(page.locator(".st-key-below_stage")).to_be_hidden()
    expect(page).to_have_url(re.compile("classroom=1"))
    # A slider keeps the focus after a drag; a clicker goes on all the same.
    page.locator("input[type=range]").first.focus()
    page.keyboard.press("PageDown")
    expect(page).to_have_url(re.compile("/inside_cnn"))
    expect(page.locator("h1")).to_be_hidden()
    # The address changes before the page does: a key in between goes on from the page that is on its way.
    page.keyboard.press("PageUp")
    expect(page).to_have_url(re.compile("/kernel_lab"))
    expect(page.locator(".live-view")).to_be_visible()
    page.keyboard.press("PageDown")
    expect(page).to_have_url(re.compile("/inside_cnn"))
    # It ends on another page than it began on, and the type is as small as before.
    page.keyboard.press("p")
    expect(page.locator("h1")).to_be_visible()
    expect(page).not_to_have_url(re.compile("classroom"))


def test_presenting_begins_on_the_start_page(page: Page, server: str) -> None:
    page.goto(server)
    expect(page.locator(".opening .sum")).to_have_text(re.compile(r"\d"))
    coffee = page.get_by_role("button", name="Coffee")
    coffee.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("picture=coffee"))
    expect(page.locator("[data-testid=stBaseButton-primary]", has_text="Coffee")).to_be_focused()
    expect(page.locator(".toolbar")).to_be_visible()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys of this page")
    expect(keys).to_contain_text("move the window on the picture")
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(CARDS).first).to_be_hidden()
    expect(page.get_by_test_id("stFileUploader")).to_have_count(0)
    page.keyboard.press("PageDown")
    expect(page).to_have_url(re.compile(f"/{LESSONS[0].key}"))
    expect(page.locator(STAGES[LESSONS[0].key])).to_be_visible()
    rest(page)
    page.keyboard.press("PageUp")
    expect(page.locator(".opening .sum")).to_have_text(re.compile(r"\d"))


def test_a_question_mark_lists_the_keys_and_escape_closes_the_list(page: Page, server: str) -> None:
    page.goto(f"{server}/pictures")
    expect(page.locator(".magnifier .cell").first).to_be_visible()
    expect(page.locator(".toolbar")).to_be_visible()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys of this page")
    expect(keys).to_contain_text("present")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    # Where something is typed, a letter is a letter.
    visit(page, "Step by step")
    page.locator("[data-at='0'] .value").first.dblclick()
    expect(page.get_by_label("New value")).to_be_focused()
    page.keyboard.press("p")
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize(
    "lesson", some_first([one.key for one in LESSONS], "kernel_lab", "inside_cnn", "cats_vs_dogs")
)
def test_only_the_stage_is_left_when_a_lesson_is_presented(
    page: Page, server: str, lesson: str
) -> None:
    page.goto(f"{server}/{lesson}")
    notes = page.get_by_role("heading", name="What to notice")
    expect(notes).to_be_visible()
    expect(page.locator(".toolbar")).to_be_visible()  # whose script knows the key
    page.keyboard.press("p")
    expect(notes).to_be_hidden()
    page.keyboard.press("Escape")
    expect(notes).to_be_visible()
