"""Step by step: what is moved and what changes are on one screen, and everything on it can be read."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import OpenPage, new_page, some_first

SIZES = {
    "laptop": (1280, 720, ""),
    "projector": (1280, 720, "classroom=1"),
    "old projector": (1024, 768, "classroom=1"),
}
EXAMPLES = (
    "lecture_3x4",
    "lecture_2x2",
    "edge",
    "colors",
    "patch",
    "drawn",
    "lecture_4x4",
    "line",
)
KERNEL_5 = "0,0,0,0,0;0,-1,0,1,0;0,-2,0,2,0;0,-1,0,1,0;0,0,0,0,0"
WIDE = (
    f"walk_source=edge&walk_padding=2&walk_weights={KERNEL_5}",
    f"walk_source=patch&walk_padding=2&walk_weights={KERNEL_5}",
    "walk_mode=line&walk_padding=2&walk_line=1,2,3,2,1",
)
SHOWN = ".round.large, .panel, .sum .heading, .sum .line"

# Texts that are smaller than what can be read at this size.
TOO_SMALL = r"""explorer => {
    const inClassroom = explorer.classList.contains("classroom");
    const least = inClassroom ? Math.max(14, 0.014 * window.innerWidth) : 10.5;
    const nodes = document.createTreeWalker(explorer, NodeFilter.SHOW_TEXT);
    const found = [];
    while (nodes.nextNode()) {
        const text = nodes.currentNode.textContent.trim();
        const parent = nodes.currentNode.parentElement;
        const isShown = parent.checkVisibility({ visibilityProperty: true });
        if (!text || !isShown || parent.closest("option, .spoken")) continue;
        const size = parseFloat(getComputedStyle(parent).fontSize);
        if (size < least - 0.05) found.push(`${text}: ${size}`);
    }
    return found;
}"""
# Texts whose color is too near to what is behind them; a canvas mixes what lies over each other.
TOO_FAINT = r"""explorer => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    const light = layers => {
        context.clearRect(0, 0, 1, 1);
        for (const color of layers) {
            context.fillStyle = color;
            context.fillRect(0, 0, 1, 1);
        }
        const [red, green, blue] = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3).map(one => {
            const part = one / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const nodes = document.createTreeWalker(explorer, NodeFilter.SHOW_TEXT);
    const found = [];
    while (nodes.nextNode()) {
        const text = nodes.currentNode.textContent.trim();
        const parent = nodes.currentNode.parentElement;
        const isShown = parent.checkVisibility({ visibilityProperty: true });
        if (!text || !isShown || parent.closest("option, .spoken, :disabled")) continue;
        const layers = [];
        let opacity = 1;
        for (let outer = parent; outer; outer = outer.parentElement ?? outer.getRootNode().host) {
            const style = getComputedStyle(outer);
            opacity *= Number(style.opacity);
            layers.unshift(style.backgroundColor);
        }
        layers.unshift(getComputedStyle(explorer).getPropertyValue("--st-background-color"));
        const behind = light(layers);
        const ink = light([...layers, getComputedStyle(parent).color]);
        const contrast = (Math.max(ink, behind) + 0.05) / (Math.min(ink, behind) + 0.05);
        if (contrast < 4.5 || opacity < 1) found.push(`${text} in ${parent.className}: ${contrast}`);
    }
    return found;
}"""
# Signs "=" that begin a line.
BROKEN = r"""sum => [...sum.querySelectorAll(".equals")].filter(sign => {
    const { left } = sign.getBoundingClientRect();
    const middle = box => (box.top + box.bottom) / 2;
    const height = middle(sign.getBoundingClientRect());
    return ![...sum.querySelectorAll(".term, .part, .close")].some(one => {
        const box = one.getBoundingClientRect();
        return box.right <= left + 1 && box.top < height && box.bottom > height;
    });
}).length"""
LOW = """explorer => [...explorer.querySelectorAll("button, select, input.typed")]
    .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 32).length"""


@pytest.fixture(scope="module", params=some_first(SIZES, "old projector"))
def stage(request: pytest.FixtureRequest, browser: Browser, server: str) -> Iterator[Page]:
    """One page for each size."""
    width, height, query = SIZES[request.param]
    page = new_page(browser, width, height, still=True)
    page.goto(f"{server}/step_by_step?{query}")
    expect(page.locator(".sum .heading")).not_to_be_empty()
    yield page
    page.close()


def choose(page: Page, key: str) -> None:
    page.locator(f".choices [data-key={key}]").click()
    expect(page.locator(f".choices [data-key={key}]")).to_have_attribute("aria-pressed", "true")


def outside(page: Page) -> list[str]:
    """What of Play, grids and sum is not in the window, which is not scrolled."""
    size = page.viewport_size
    assert size
    found = []
    for one in page.locator(SHOWN).all():
        box = one.bounding_box()
        assert box
        right, bottom = box["x"] + box["width"], box["y"] + box["height"]
        if box["x"] < 0 or box["y"] < 0 or right > size["width"] or bottom > size["height"]:
            found.append(f"{one.get_attribute('class')}: {box}")
    if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
        found.append("the page scrolls sideways")
    return found


@pytest.mark.parametrize("example", EXAMPLES)
def test_play_grids_and_sum_are_on_one_screen(stage: Page, example: str) -> None:
    choose(stage, example)
    explorer = stage.locator(".explorer")
    assert outside(stage) == []
    assert explorer.evaluate(TOO_SMALL) == []
    for role in ("input", "kernel", "output"):
        cells = stage.locator(f".panel.{role} [data-at]")
        if cells.count():
            cells.last.hover()
            assert outside(stage) == []
            assert explorer.evaluate(TOO_SMALL) == []
    stage.mouse.move(1, 1)


@pytest.mark.parametrize("query", WIDE)
@pytest.mark.parametrize("size", some_first(SIZES, "old projector"))
def test_large_kernels_and_padding_are_on_one_screen(
    open_page: OpenPage, server: str, size: str, query: str
) -> None:
    width, height, mode = SIZES[size]
    page = open_page(width, height, still=True)
    page.goto(f"{server}/step_by_step?{query}&{mode}")
    expect(page.locator(".sum .heading")).not_to_be_empty()
    assert outside(page) == []


def test_a_projected_page_has_all_its_settings_behind_one_button(
    open_page: OpenPage, server: str
) -> None:
    page = open_page(1280, 720, still=True)
    page.goto(f"{server}/step_by_step?classroom=1&walk_bias=2&walk_activation=relu")
    settings = page.get_by_role("button", name="Settings")
    expect(settings).to_have_text("Settings · bias 2, ReLU")
    stride = page.get_by_role("spinbutton", name="Stride")
    expect(stride).to_be_hidden()
    cell = page.locator(".panel.input [data-at]").first
    before = cell.bounding_box()
    settings.press("Enter")
    for name in ("Kernel", "Stride", "Padding", "Dilation"):
        expect(page.get_by_role("spinbutton", name=name)).to_be_visible()
    for name in ("Flip", "Max pool"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()
    for name in ("Bias", "Activation", "Weights", "Show"):
        expect(page.get_by_label(name, exact=True)).to_be_visible()
    assert outside(page) == []  # with the settings open, too
    assert cell.bounding_box() == before  # they lie over the page, and not over the grids
    panel = page.locator("#folded").bounding_box()
    output = page.locator(".panel.output").bounding_box()
    assert panel
    assert output
    assert output["y"] + output["height"] <= panel["y"]
    stride.press("ArrowUp")
    expect(settings).to_have_text("Settings · stride 2, bias 2, ReLU")
    expect(page.locator(".panel.output [data-at]")).to_have_count(2)
    stride.press("Escape")
    expect(stride).to_be_hidden()
    expect(settings).to_be_focused()
    settings.press("Enter")
    expect(stride).to_be_visible()
    settings.press("Escape")
    expect(stride).to_be_hidden()
    edge = page.get_by_role("button", name="Edge")
    for elsewhere in (settings, page.locator(".head").first, edge):
        settings.click()
        expect(stride).to_be_visible()
        expect(settings).to_have_attribute("aria-expanded", "true")
        elsewhere.click()
        expect(stride).to_be_hidden()
        expect(settings).to_have_attribute("aria-expanded", "false")
    settings.press("Enter")
    page.get_by_role("button", name="Ones 2 × 2").press("Enter")  # another example, by keys
    expect(stride).to_be_hidden()


def test_rare_settings_that_are_not_as_at_first_are_named(open_page: OpenPage, server: str) -> None:
    page = open_page(1280, 720, still=True)
    page.goto(f"{server}/step_by_step?walk_flip=1&walk_stride=2")
    more = page.locator(".more")
    expect(more).to_have_text("More · flipped")
    expect(page.get_by_role("spinbutton", name="Stride")).to_be_visible()
    expect(page.get_by_label("Bias", exact=True)).to_be_hidden()
    more.click()
    page.get_by_label("Bias", exact=True).fill("-3")
    page.get_by_label("Bias", exact=True).press("Enter")
    expect(more).to_have_text("More · flipped, bias −3")


@pytest.mark.parametrize(
    "query", ["", "walk_source=patch", "walk_source=drawn", "walk_source=colors&walk_channels=3"]
)
def test_few_tab_stops_lead_through_everything(
    open_page: OpenPage, server: str, query: str
) -> None:
    page = open_page(1280, 720, still=True)
    page.goto(f"{server}/step_by_step?{query}")
    expect(page.locator(".sum .heading")).not_to_be_empty()
    page.locator(".choices [tabindex='0']").first.focus()
    reached = 0
    while page.locator(".explorer :focus").count() and reached < 40:
        reached += 1
        page.keyboard.press("Tab")
    assert 10 < reached <= 25


def test_arrow_keys_go_along_the_examples(open_page: OpenPage, server: str) -> None:
    page = open_page(1280, 720, still=True)
    page.goto(f"{server}/step_by_step")
    page.locator(".choices [data-key=lecture_3x4]").press("ArrowRight")
    expect(page.locator(".choices [data-key=lecture_2x2]")).to_be_focused()
    expect(page.locator(".choices [data-key=lecture_3x4]")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.keyboard.press("Space")
    expect(page.locator(".choices [data-key=lecture_2x2]")).to_have_attribute(
        "aria-pressed", "true"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_out_from_what_is_behind_them(
    open_page: OpenPage, server: str, scheme: str
) -> None:
    page = open_page(1280, 720, still=True, dark=scheme == "dark")
    for query in ("", "walk_source=edge&walk_weights=sobel_x&walk_padding=1", "walk_mode=line"):
        page.goto(f"{server}/step_by_step?{query}")
        expect(page.locator(".sum .heading")).not_to_be_empty()
        explorer = page.locator(".explorer")
        page.locator(".more").click()
        page.get_by_label("Position of the window").fill("2")
        expect(page.locator(".panel.output .empty").first).to_be_visible()
        assert explorer.evaluate(TOO_FAINT) == []
        for role in ("input", "kernel"):
            page.locator(f".panel.{role} [data-at]").nth(2).hover()
            assert explorer.evaluate(TOO_FAINT) == []


@pytest.mark.parametrize("size", [(390, 844), (820, 1180)], ids=["phone", "tablet"])
def test_a_finger_reads_scrolls_and_plays(
    open_page: OpenPage, server: str, size: tuple[int, int]
) -> None:
    page = open_page(*size, touch=True, mobile=True, still=True)
    for query in ("", "walk_source=edge&walk_weights=sobel_x", "walk_mode=max", "walk_mode=line"):
        page.goto(f"{server}/step_by_step?{query}")
        expect(page.locator(".sum .heading")).not_to_be_empty()
        explorer = page.locator(".explorer")
        assert explorer.evaluate(TOO_SMALL) == []
        assert explorer.evaluate(LOW) == 0
        assert page.locator(".sum").evaluate(BROKEN) == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        grids = page.locator(".cells, .strips")
        actions = grids.evaluate_all("all => all.map(one => getComputedStyle(one).touchAction)")
        assert "none" not in actions
        expect(page.locator(".hint")).to_contain_text("Tap an output")
        last = page.locator(".panel.output").last.bounding_box()
        play = page.get_by_label("Play", exact=True)
        expect(play).to_be_in_viewport(ratio=1)  # on a phone over longer grids
        button = play.bounding_box()
        assert last
        assert button
        assert button["y"] - (last["y"] + last["height"]) < 120


def test_a_phone_chooses_examples_from_a_menu_and_reads_what_settings_mean(
    open_page: OpenPage, server: str
) -> None:
    page = open_page(390, 844, touch=True, mobile=True)
    page.goto(f"{server}/step_by_step")
    page.get_by_label("Example", exact=True).select_option("edge")
    expect(page.locator(".panel.input [data-at]")).to_have_count(70)
    page.get_by_label("Example", exact=True).select_option("lecture_3x4")
    expect(page.locator(".panel.input [data-at]")).to_have_count(12)
    page.get_by_role("button", name="Settings").tap()
    help_text = page.get_by_text("How far the window moves each time")
    expect(help_text).to_be_visible()
    # The output is in sight above the settings, and a tap there closes them.
    output = page.locator(".panel.output").last
    panel = page.locator("#folded").bounding_box()
    grid = output.bounding_box()
    assert panel
    assert grid
    assert 0 <= grid["y"] <= panel["y"] - grid["height"]
    page.get_by_role("button", name="Stride: more").tap()
    expect(output.locator("[data-at]")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".explorer").evaluate(LOW) == 0
    page.locator(".head").first.tap()
    expect(help_text).to_be_hidden()
