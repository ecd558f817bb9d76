"""What does it look at? in a real browser: choose a class, drag the square, follow a unit."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import OpenPage
from tests.browser.screens import ONE_SCREEN, Screen, open_lesson, rest

PAGE = "look_at"


def open_page(page: Page, server: str, query: str = "") -> None:
    page.goto(f"{server}/{PAGE}{query}")
    expect(page.locator(".occluder .square")).to_be_visible()
    expect(page.locator(".occluder .score").first).to_be_visible()


def shares(page: Page) -> list[str]:
    return page.locator(".occluder .score .numbers").all_inner_texts()


def answered(page: Page) -> None:
    """Have the page count the answers to the square."""
    page.evaluate(
        "window.covered = 0;"
        "document.addEventListener('kernelscope:covered', () => { window.covered += 1; })"
    )


def test_dragging_the_square_makes_the_bars_change_before_it_is_let_go(
    page: Page, server: str
) -> None:
    open_page(page, server)
    expect(page.locator(".occluder .score").first).to_contain_text("baboon")
    answered(page)
    before = shares(page)
    box = page.locator(".square").bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 150, steps=6)
    page.wait_for_function("() => window.covered > 1")
    assert shares(page) != before
    assert "square=" not in page.url
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"square=\d+%2C\d+%2C67"))


def test_arrow_keys_move_the_square_and_the_link_brings_it_back(page: Page, server: str) -> None:
    open_page(page, server, "?network=fashion_cnn")
    answered(page)
    square = page.locator(".square")
    square.focus()
    before = square.bounding_box()
    square.press("ArrowRight")
    square.press("ArrowDown")
    page.wait_for_function("() => window.covered > 0")
    after = square.bounding_box()
    assert before
    assert after
    assert after["x"] > before["x"]
    assert after["y"] > before["y"]
    expect(page).to_have_url(re.compile(r"square=2%2C2%2C8"))
    open_page(page, server, "?network=fashion_cnn&square=2,2,8")
    again = page.locator(".square").bounding_box()
    assert again
    assert abs(again["x"] - after["x"]) < 2


@pytest.mark.thorough
def test_a_square_that_a_button_put_can_be_put_again_once_it_was_moved(
    page: Page, server: str
) -> None:
    open_page(page, server, "?network=fashion_cnn")
    put = page.get_by_role("button", name="Cover the whole picture")
    put.click()
    expect(page).to_have_url(re.compile(r"square=0%2C0%2C28"))
    expect(page.locator(".occluder .tools")).to_contain_text("28 px")
    # The bars are those of what is covered now: as after a link to the same.
    with page.context.new_page() as fresh:
        open_page(fresh, server, "?network=fashion_cnn&square=0,0,28")
        expect(page.locator(".occluder .score .numbers")).to_have_text(shares(fresh))
    page.locator(".square").press("-")
    expect(page).to_have_url(re.compile(r"square=1%2C1%2C27"))
    put.click()
    expect(page).to_have_url(re.compile(r"square=0%2C0%2C28"))
    expect(put).to_be_focused()


@pytest.mark.thorough
def test_a_class_is_chosen_by_typing_its_name_and_everything_explains_it(
    page: Page, server: str
) -> None:
    open_page(page, server)
    field = page.get_by_role("combobox", name="Explain which class?")
    field.click()
    field.fill("tabby")
    page.get_by_role("option", name=re.compile("^tabby")).first.click()
    expect(page.get_by_role("heading", name=re.compile("for tabby"))).to_be_visible()
    expect(page.locator(".occluder .score[aria-pressed=true]")).to_contain_text("tabby")
    for method in ("grad_cam", "occlusion", "saliency", "deconvnet", "guided"):
        picture = page.locator(f"[data-method={method}] img").first
        expect(picture).to_have_attribute("alt", re.compile("tabby"))
    expect(page).to_have_url(re.compile("class=281"))


def test_a_class_is_chosen_by_its_bar_which_keeps_the_focus(page: Page, server: str) -> None:
    open_page(page, server, "?network=fashion_cnn")
    answered(page)
    bar = page.locator(".occluder .score", has_text="Sneaker")
    bar.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("for Sneaker"))).to_be_visible()
    expect(page).to_have_url(re.compile("class=7"))
    page.wait_for_function("() => window.covered > 0")
    expect(bar).to_be_focused()


def test_the_class_that_is_explained_is_marked_at_once_however_it_is_chosen(
    page: Page, server: str
) -> None:
    # The bars are asked for on the live channel; here it never answers.
    page.route_web_socket(re.compile("/live$"), lambda socket: None)
    open_page(page, server, "?network=fashion_cnn&class=7")
    marked = page.locator(".occluder .score[aria-pressed=true] .name")
    expect(marked).to_have_text(["Sneaker"])
    expect(page.locator(".occluder .legend")).to_be_visible()
    bar = page.locator(".occluder .score", has_text="Sandal")
    # Before the page can have heard of the click, the other class's attribution is gone.
    assert bar.evaluate("""bar => {
        bar.click();
        const legend = bar.getRootNode().querySelector(".legend");
        return [bar.getAttribute("aria-pressed"), legend.hidden];
    }""") == ["true", True]
    expect(page.get_by_role("heading", name=re.compile("for Sandal"))).to_be_visible()
    expect(marked).to_have_text(["Sandal"])
    expect(page.locator(".occluder .legend")).to_be_visible()
    field = page.get_by_role("combobox", name="Explain which class?")
    field.click()
    field.fill("Sneaker")
    page.get_by_role("option", name=re.compile("^Sneaker")).first.click()
    expect(page.get_by_role("heading", name=re.compile("for Sneaker"))).to_be_visible()
    expect(marked).to_have_text(["Sneaker"])


@pytest.mark.parametrize("screen", ONE_SCREEN, ids=str)
def test_picture_methods_and_bars_are_on_one_screen(
    page: Page, server: str, screen: Screen
) -> None:
    page.set_viewport_size({"width": screen.width, "height": screen.height})
    open_lesson(page, server, PAGE, screen.query)
    expect(page.locator(".st-key-segmented_heat")).to_be_in_viewport(ratio=1)
    for part in (".picture", ".legend", ".bars", ".tools"):
        expect(page.locator(f".occluder {part}")).to_be_in_viewport(ratio=1)
    picture, bars = (
        page.locator(f".occluder {one}").bounding_box() for one in (".picture", ".bars")
    )
    assert picture
    assert bars
    assert bars["x"] > picture["x"] + picture["width"]


@pytest.mark.thorough
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1280, 800), (1920, 1080)])
def test_the_picture_is_larger_in_a_classroom(
    page: Page, server: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    sides = []
    for query in ("?network=fashion_cnn", "?network=fashion_cnn&classroom=1"):
        open_page(page, server, query)
        box = page.locator(".occluder .picture").bounding_box()
        assert box
        sides.append(box["width"])
    assert sides[1] > sides[0]


def test_on_a_phone_nothing_moves_while_another_class_is_explained(
    open_page: OpenPage, server: str
) -> None:
    page = open_page(390, 844, touch=True)
    open_lesson(page, server, PAGE, "?network=fashion_cnn")
    rest(page)
    bar = page.locator(".occluder .score", has_text="Sneaker")
    bar.scroll_into_view_if_needed()
    page.evaluate("""() => {
        const main = document.querySelector("[data-testid=stMain]");
        const occluder = document.querySelector("[data-testid=stMain] .st-key-look_at_occluder");
        window.places = new Set();
        const watch = () => {
            window.places.add(`${Math.round(occluder.getBoundingClientRect().top)} ${main.scrollTop}`);
            requestAnimationFrame(watch);
        };
        watch();
    }""")
    bar.tap()
    expect(page.get_by_role("heading", name=re.compile("for Sneaker"))).to_be_visible()
    rest(page)
    assert len(page.evaluate("[...window.places]")) == 1


def test_a_drawing_is_drawn_on_in_inside_a_cnn(page: Page, server: str) -> None:
    open_page(page, server, "?network=fashion_cnn&source=drawn&layer=relu2a&channel=7")
    page.get_by_role("button", name="Draw on the pad in Inside a CNN").click()
    pad = page.locator("canvas.pad")
    expect(pad).to_be_visible()
    pad.click()
    expect(page).to_have_url(re.compile("drawing=0+[1-9a-f]"))
    assert "layer=" not in page.url


def test_the_pad_can_be_reached_from_any_garment_and_from_no_photograph(
    page: Page, server: str
) -> None:
    way = page.get_by_role("button", name="on the pad in Inside a CNN")
    open_page(page, server, "?network=fashion_cnn&source=picture")
    way.click()
    expect(page.locator("canvas.pad")).to_be_visible()
    open_page(page, server, "?network=efficientnet_lite0")
    expect(way).to_have_count(0)


def test_a_unit_comes_from_inside_a_cnn_and_goes_back(page: Page, server: str) -> None:
    page.goto(f"{server}/inside_cnn?network=fashion_cnn&layer=relu2a&channel=7")
    page.get_by_role("button", name="What does it look at?").click()
    expect(page.get_by_role("heading", name="What does it look at?")).to_be_visible()
    expect(page.get_by_role("spinbutton", name="Map, 0 to 31")).to_have_value("7")
    expect(page.get_by_role("combobox", name="Layer")).to_have_value(
        re.compile("Block 2, first ReLU")
    )
    expect(page.locator(".dossier img[alt^='Patch']").first).to_be_visible()
    page.get_by_role("button", name="Open this map in Inside a CNN").click()
    expect(page.get_by_role("heading", name="Inside a CNN")).to_be_visible()
    expect(page).to_have_url(re.compile("layer=relu2a.*channel=7"))


@pytest.mark.thorough
def test_a_picture_is_painted_to_the_end_and_stays(page: Page, server: str) -> None:
    open_page(page, server, "?network=fashion_cnn&layer=relu1b&channel=3")
    page.get_by_role("button", name="Make the picture").click()
    painted = page.locator(".dossier img[alt^='A synthetic']")
    expect(painted).to_be_visible()
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    page.reload()
    expect(painted).to_be_visible()


@pytest.mark.thorough
def test_a_painting_under_way_keeps_nobody_from_leaving(page: Page, server: str) -> None:
    open_page(page, server, "?layer=block14_expand_relu6&channel=3")
    page.get_by_role("button", name="Make the picture").click()
    expect(page.get_by_text(re.compile(r"^Step \d+ of"))).to_be_visible()
    page.get_by_role("link", name="Inside a CNN").last.click()
    expect(page.get_by_role("heading", name="Inside a CNN")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^Step \d+ of"))).to_have_count(0)


def test_a_map_of_the_sheet_becomes_the_unit_in_detail_by_keyboard(page: Page, server: str) -> None:
    open_page(page, server, "?network=fashion_cnn&layer=relu1a&channel=5&unit_sheet=1")
    expect(page.get_by_text("12 of 12 maps are ready.")).to_be_visible()
    page.get_by_role("button", name="Map 2", exact=True).press("Enter")
    expect(page.get_by_role("spinbutton", name="Map, 0 to 15")).to_have_value("2")
    page.get_by_role("button", name="Next maps").press("Enter")
    expect(page.get_by_text("Maps 12 to 15 of 16")).to_be_visible()
    expect(page).to_have_url(re.compile("channel=2.*unit_sheet=2"))


def test_the_pictures_of_a_map_can_be_tapped_on_a_phone(open_page: OpenPage, server: str) -> None:
    page = open_page(390, 844, touch=True)
    open_lesson(page, server, PAGE, "?network=fashion_cnn&layer=relu1a&channel=5&unit_sheet=2")
    tile = page.locator(".st-key-unit_sheet_map_1")
    expect(tile.locator("img").first).to_be_visible()
    box = tile.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    tile.tap(position={"x": 30, "y": 30})
    expect(page.get_by_role("spinbutton", name="Map, 0 to 15")).to_have_value("13")
