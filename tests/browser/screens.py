"""What is wrong with a page at one size of the window, measured in the browser.

The script looks into the open shadow roots in which the components are mounted, into SVG drawings
with their scale, and into SVG pictures.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import CDPSession, Page, expect

from app.session.link import START

STAGES = {
    "": ".opening",
    "pictures": ".magnifier",
    "dense_layer": ".dense-layer",
    "step_by_step": ".explorer",
    "kernel_lab": ".live-view",
    "inside_cnn": ".explorer",
    "look_at": ".occluder",
    "watch_it_learn": ".kernel-stage",
    "cats_vs_dogs": ".animal-stage",
    "translation": ".number-grids",
    "batch_norm": ".point-stage",
    "dropout": ".masks-stage",
    "weight_decay": ".polynomial-stage",
}
"""The large component of each page, the start page first; whoever adds a lesson adds its own."""

SMALLEST_TEXT_PX = 10.5
SMALLEST_CLASSROOM_PX = 14
SMALLEST_CLASSROOM_SHARE = 0.014
"""Of the window's width: about what is read from the last row."""

UNSEEN: Mapping[str, str] = {
    ".spoken": "read out, not shown",
    '[data-testid="stSkipToContent"]': "for the keyboard, shown while it has the focus",
    ".skip:not(:focus)": "for the keyboard, shown while it has the focus",
    '[data-testid="stSidebar"][data-collapsed="true"]': "a closed sidebar",
    '[data-testid="stIconMaterial"]': "the name of an icon, drawn as one sign",
    '.st-key-neighbors [data-testid="stPageLink"] p': "only read out where its arrow alone has room",
    '[data-testid="stFileUploaderDropzoneInput"]': "the browser's own field under a button",
}
"""Texts and fields that nobody is to see where they stand, and why."""

STRIPS: Mapping[str, str] = {
    '[data-testid="stCode"]': "programs keep their lines",
    '[data-testid="stTabs"] [role="tablist"]': "a row of tabs that is scrolled by hand",
    ".band": "the layers of a network, from left to right",
    ".net-scroll": "the blocks of a network, from left to right, on a phone",
    ".list": "the families of kernels, from left to right",
    ".st-key-picture_shortcuts": "pictures to start from, in one line on a phone",
    ".rank-correlations": "a table of numbers that is scrolled by hand on a phone",
}
"""What scrolls sideways by itself, so that the page does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A size of the window that the app is used at."""

    width: int
    height: int
    classroom: bool = False
    touch: bool = False

    def __str__(self) -> str:
        kind = " classroom" if self.classroom else " touch" if self.touch else ""
        return f"{self.width} x {self.height}{kind}"

    @property
    def query(self) -> str:
        """What a link says for it."""
        return "?classroom=1" if self.classroom else ""

    @property
    def smallest_text_px(self) -> float:
        """No text may be smaller."""
        if self.classroom:
            return max(SMALLEST_CLASSROOM_PX, SMALLEST_CLASSROOM_SHARE * self.width)
        return SMALLEST_TEXT_PX


ONE_SCREEN = (
    Screen(width=1280, height=720),
    Screen(width=1280, height=720, classroom=True),
    Screen(width=1024, height=768, classroom=True),
)
"""Where cause and effect have to be seen together, without scrolling."""


def open_lesson(page: Page, server: str, lesson: str, query: str = "") -> None:
    """Open a page and wait until Streamlit is at rest and the stage is there.

    The start page is "", and its link says so: one without it opens the first lesson.
    """
    if query and not lesson:
        query = f"?{START}=1&{query[1:]}"
    page.goto(f"{server}/{lesson}{query}")
    expect(page.locator(STAGES[lesson])).to_be_visible(timeout=60_000)
    rest(page)


def rest(page: Page) -> None:
    """Wait until nothing runs and nothing is left to be drawn."""
    idle = page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')
    expect(idle).to_be_attached(timeout=120_000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def faults(page: Page, devtools: CDPSession, screen: Screen) -> list[str]:
    """Set the window to a size and list what is wrong there, each fault with its size."""
    devtools.send("Emulation.setTouchEmulationEnabled", {"enabled": screen.touch})
    page.set_viewport_size({"width": screen.width, "height": screen.height})
    rest(page)
    found: list[str] = page.evaluate(
        MEASURE,
        {
            "smallest": screen.smallest_text_px,
            "unseen": ",".join(UNSEEN),
            "strips": ",".join(STRIPS),
        },
    )
    return [f"{screen}: {fault}" for fault in found]


MEASURE = r"""
async ({ smallest, unseen, strips }) => {
  const SLACK = 1; // of a text beyond what cuts it off, in px
  const OVERLAP = 2; // of two controls, in px
  const CONTROLS =
    "button, select, input, textarea, a[href], summary, [role=button], [role=slider]";

  /** Every element, those in shadow roots with the others. */
  const all = (root) =>
    [...root.querySelectorAll("*")].flatMap((one) =>
      one.shadowRoot ? [one, ...all(one.shadowRoot)] : [one],
    );
  const parent = (one) => one.assignedSlot ?? one.parentElement ?? one.getRootNode().host;
  const ancestors = (one) => {
    const found = [];
    for (let up = parent(one); up; up = parent(up)) found.push(up);
    return found;
  };
  const within = (one, selector) =>
    [one, ...ancestors(one)].some((other) => other.matches(selector));
  // What is clipped to nothing is read out, not shown.
  const isSeen = (one) =>
    one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    getComputedStyle(one).clipPath !== "inset(50%)" &&
    !within(one, unseen);

  const named = (one) => {
    const parts = [];
    for (let up = one; up && parts.length < 3; up = parent(up)) {
      const name = up.dataset?.testid ?? [...up.classList].filter((n) => !/^(st-|e[0-9a-z]{6,})/.test(n))[0];
      if (name || up === one) parts.unshift(name ? `${up.localName}.${name}` : up.localName);
    }
    return parts.join(" > ");
  };
  const short = (text) => JSON.stringify(text.replace(/\s+/g, " ").trim().slice(0, 30));
  const px = (value) => `${Math.round(10 * value) / 10} px`;

  /** The page keeps still: three pictures in a row with every element where it was. */
  const places = () =>
    all(document)
      .map((one) => {
        const { x, y, width, height } = one.getBoundingClientRect();
        return [x, y, width, height].map(Math.round).join();
      })
      .join(" ");
  await document.fonts.ready;
  for (let before = "", still = 0, tries = 0; still < 3 && tries < 100; tries += 1) {
    await new Promise((done) => setTimeout(done, 60));
    const now = places();
    still = now === before ? still + 1 : 0;
    before = now;
  }

  const elements = all(document.body);
  const found = new Map();
  const fault = (kind, one, size, text) => {
    const key = `${kind} in ${named(one)}`;
    const before = found.get(key);
    found.set(key, { size: before?.size ?? size, text: before?.text ?? text, count: (before?.count ?? 0) + 1 });
  };

  for (const one of [document.documentElement, document.querySelector("[data-testid=stMain]")]) {
    const more = one.scrollWidth - one.clientWidth;
    if (more > 0) fault("the page scrolls sideways", one, px(more), "");
  }

  // Text.
  const boxOf = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 0.5 && box.height > 0.5);
    if (!boxes.length) return undefined;
    return {
      left: Math.min(...boxes.map((box) => box.left)),
      right: Math.max(...boxes.map((box) => box.right)),
      top: Math.min(...boxes.map((box) => box.top)),
      bottom: Math.max(...boxes.map((box) => box.bottom)),
    };
  };
  /** What cuts off an element's content: whatever is out of the flow leaves the boxes that do not hold it. */
  const cutters = (one) => {
    const found = [];
    let position = getComputedStyle(one).position;
    for (const up of ancestors(one)) {
      const style = getComputedStyle(up);
      const holdsFixed = style.transform !== "none" || style.containerType !== "normal";
      const holds =
        position === "fixed" ? holdsFixed : position !== "absolute" || style.position !== "static" || holdsFixed;
      if (!holds) continue;
      found.push([up, style]);
      position = style.position;
    }
    return found;
  };
  const scaleOf = (one) => {
    const svg = one.ownerSVGElement;
    if (svg) {
      const { a, b, c, d } = one.getScreenCTM();
      return Math.sqrt(Math.abs(a * d - b * c));
    }
    if (!one.offsetWidth || !one.offsetHeight || getComputedStyle(one).display === "inline") return 1;
    const { width, height } = one.getBoundingClientRect();
    const scale = Math.sqrt((width * height) / (one.offsetWidth * one.offsetHeight));
    return Math.abs(scale - 1) < 0.05 ? 1 : scale; // offsets are whole pixels
  };
  const isSmall = (size) => size < smallest - 0.05;

  for (const one of elements) {
    if (["SCRIPT", "STYLE", "TITLE", "OPTION", "NOSCRIPT"].includes(one.nodeName.toUpperCase())) continue;
    const texts = [...one.childNodes].filter((node) => node.nodeType === 3 && node.data.trim());
    const isField = one.matches("input, select, textarea") && one.value && !/range|checkbox|radio|file/.test(one.type);
    if (!(texts.length || isField) || !isSeen(one)) continue;
    const style = getComputedStyle(one);
    const text = isField ? one.value : texts.map((node) => node.data).join("");
    const size = parseFloat(style.fontSize) * scaleOf(one);
    if (isSmall(size)) fault("small text", one, px(size), short(text));
    const isCut = (way) => ["hidden", "clip", "auto", "scroll"].includes(way);
    if (isCut(style.overflowX) && one.scrollWidth > one.clientWidth + 1 && !within(one, strips) && one.clientWidth)
      fault("text cut off", one, px(one.scrollWidth - one.clientWidth), short(text));
    for (const node of texts) {
      const box = boxOf(node);
      if (!box) continue;
      for (const [up, { overflowX, overflowY }] of [[one, style], ...cutters(one)]) {
        if (up === document.body || up === document.documentElement) break;
        if (!isCut(overflowX) && !isCut(overflowY)) continue;
        const edge = up.getBoundingClientRect();
        const across = Math.max(edge.left - box.left, box.right - edge.right);
        // A line of text is higher than its letters.
        const down = Math.max(edge.top - box.top, box.bottom - edge.bottom) - 0.25 * size;
        if (isCut(overflowX) && across > SLACK && !within(up, strips)) {
          fault("text cut off", one, px(across), short(node.data));
          break;
        }
        if (/hidden|clip/.test(overflowY) && down > SLACK) {
          fault("text cut off below or above", one, px(down), short(node.data));
          break;
        }
        // What is scrolled out of sight can be scrolled back.
        if (/auto|scroll/.test(overflowX) || /auto|scroll/.test(overflowY)) break;
      }
    }
  }

  // Pictures that are SVG documents.
  for (const one of elements.filter((other) => other.localName === "img" && isSeen(other))) {
    if (!/^data:image\/svg|\.svg($|\?)/.test(one.src)) continue;
    const drawing = new DOMParser().parseFromString(await (await fetch(one.src)).text(), "image/svg+xml");
    const root = drawing.documentElement;
    const width = root.viewBox?.baseVal?.width || parseFloat(root.getAttribute("width"));
    const scale = one.getBoundingClientRect().width / width;
    for (const text of drawing.querySelectorAll("text")) {
      const size = scale * parseFloat(text.closest("[font-size]")?.getAttribute("font-size") ?? "16");
      if (isSmall(size)) fault("small text of a drawing", one, px(size), short(text.textContent));
    }
  }

  // Controls, as far as they are in sight of what they scroll in.
  const controls = [];
  for (const one of elements.filter((other) => other.matches(CONTROLS) && isSeen(other))) {
    const box = one.getBoundingClientRect();
    const seen = { left: box.left, right: box.right, top: box.top, bottom: box.bottom };
    for (const [up, { overflowX, overflowY }] of cutters(one)) {
      if (overflowX === "visible" && overflowY === "visible") continue;
      const edge = up.getBoundingClientRect();
      seen.left = Math.max(seen.left, edge.left);
      seen.right = Math.min(seen.right, edge.right);
      seen.top = Math.max(seen.top, edge.top);
      seen.bottom = Math.min(seen.bottom, edge.bottom);
    }
    if (seen.right - seen.left > OVERLAP && seen.bottom - seen.top > OVERLAP) controls.push([one, seen]);
  }
  controls.forEach(([one, a], at) => {
    for (const [other, b] of controls.slice(at + 1)) {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across <= OVERLAP || down <= OVERLAP) continue;
      if (ancestors(other).includes(one) || ancestors(one).includes(other)) continue;
      fault(`a control lies over ${named(other)}`, one, `${px(across)} by ${px(down)}`, short(one.textContent));
    }
  });

  return [...found].map(
    ([key, { size, text, count }]) => `${key}: ${size} ${text}${count > 1 ? ` and ${count - 1} more` : ""}`,
  );
}
"""
