"""What axe finds on every page, light and dark: nothing serious."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, expect

from app.catalogue import LESSONS
from tests.browser.conftest import ROOT
from tests.browser.pages import OpenPage
from tests.browser.screens import open_lesson, rest

AXE = ROOT / "tests" / "js" / "node_modules" / "axe-core" / "axe.min.js"
STREAMLITS: Mapping[tuple[str, str], str] = {
    ("list", "stSidebarNavItems"): "the outline puts a section's pages in a div inside its list",
    ("listitem", "stSidebarNavItems"): "the same, seen from a page's name",
}
"""What Streamlit draws, by axe's rule and where it is, and why it stays."""

LEFT_OUT = {
    "label-content-name-mismatch": "tried out by axe; the name of a cell says its row and column first",
}
"""Rules that are not asked, and why."""

SCRIPT = """
async (leftOut) => {
  const { violations } = await axe.run(document, {
    resultTypes: ["violations"],
    rules: Object.fromEntries(leftOut.map((id) => [id, { enabled: false }])),
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
  });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, any, all, none }) => {
        const path = target.flat();
        let root = document, one;
        for (const selector of path) {
          one = root.querySelector(selector);
          root = one?.shadowRoot;
        }
        const place = one?.closest("[data-testid]")?.dataset.testid ?? one?.localName ?? "";
        return {
          rule: id,
          place,
          about: `${path.at(-1)}: ${[...any, ...all, ...none][0]?.message ?? ""}`,
        };
      }),
    );
}
"""


def findings(page: Page) -> list[dict[str, str]]:
    # Evaluated by the browser itself, as the page's policy allows no script of another origin.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, str]] = page.evaluate(SCRIPT, list(LEFT_OUT))
    return found


@pytest.mark.parametrize("lesson", ["", *(one.key for one in LESSONS)])
def test_axe_finds_nothing_serious(open_page: OpenPage, server: str, lesson: str) -> None:
    page = open_page(still=True)
    open_lesson(page, server, lesson)
    found = {"light": findings(page)}
    page.emulate_media(color_scheme="dark")
    expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", "dark")
    rest(page)
    found["dark"] = findings(page)
    lines = [
        f"{scheme}: {one['rule']} in {one['place']} {one['about']}"
        for scheme, all_found in found.items()
        for one in all_found
        if (one["rule"], one["place"]) not in STREAMLITS
    ]
    assert not lines, "\n" + "\n".join(lines)


@pytest.mark.parametrize("size", [(1024, 768), (390, 844)])
def test_arrows_without_words_have_names(
    open_page: OpenPage, server: str, size: tuple[int, int]
) -> None:
    page = open_page(*size)
    open_lesson(page, server, "kernel_lab", "?classroom=1")
    for name in ("Step by step", "Inside a CNN"):
        link = page.locator(".st-key-neighbors").get_by_role("link", name=name)
        expect(link).to_be_visible()
        assert link.locator("p").bounding_box()["width"] <= 1
