"""How long from a stroke on the kernel until the new picture is painted, in one run on one machine.

The live channel, a plain JavaScript loop in the same browser, and `st.image` in a fragment do the same
job on the same pictures. "Drawn" is when the canvas has the new picture, "shown" when the browser begins
its next frame, which at 60 frames a second comes up to 17 ms later. Prints milliseconds and ratios;
nothing here is a test.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from cnn_core.images import resize  # noqa: E402
from cnn_core.samples import load_sample  # noqa: E402
from tests.browser.conftest import CHROMIUM, FLAGS, free_port, start_server, wait_until_up  # noqa: E402
from tests.browser.lab import open_lab, shape, unfold  # noqa: E402
from tests.browser.picker import as_png, caption, choose_size, upload  # noqa: E402

STROKES = 100
WARM_UP = 15
PICTURES = {256: "zone_plate", 512: "mandrill", 1024: "mandrill"}
"""By side; at 1024 pixels it is an upload, made of that sample."""
KERNELS = (3, 7, 15)

WATCH = """() => {
  window.strokes = [];
  addEventListener("pointermove", () => { window.strokeAt = performance.now(); }, true);
  document.addEventListener("kernelscope:painted", ({ detail }) => {
    const { strokeAt } = window;
    if (strokeAt) window.strokes.push([detail.drawnAt - strokeAt, performance.now() - strokeAt, detail.compute]);
    window.strokeAt = 0;
  });
}"""

# Zeros around the picture, three channels, clipped to bytes: what the Kernel lab shows as a photograph.
LOOP = """async ([side, size, strokes]) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  document.body.append(canvas);
  const context = canvas.getContext("2d");
  const source = new Uint8ClampedArray(side * side * 4).map((_, at) => (at * 2654435761) >>> 24);
  const target = context.createImageData(side, side);
  const half = size >> 1;
  const weights = new Float32Array(size * size).fill(1 / (size * size));
  const times = [];
  for (let stroke = 0; stroke < strokes; stroke += 1) {
    // A hand does not wait for the screen: strokes come at any moment between two of its frames.
    await new Promise((done) => setTimeout(done, Math.random() * 17));
    const began = performance.now();
    weights[half * size + half] = stroke / strokes;
    for (let y = 0; y < side; y += 1) for (let x = 0; x < side; x += 1) {
      let red = 0, green = 0, blue = 0;
      for (let v = 0; v < size; v += 1) {
        const row = y + v - half;
        if (row < 0 || row >= side) continue;
        for (let u = 0; u < size; u += 1) {
          const column = x + u - half;
          if (column < 0 || column >= side) continue;
          const at = 4 * (row * side + column), weight = weights[v * size + u];
          red += source[at] * weight; green += source[at + 1] * weight; blue += source[at + 2] * weight;
        }
      }
      const out = 4 * (y * side + x);
      target.data[out] = red; target.data[out + 1] = green; target.data[out + 2] = blue; target.data[out + 3] = 255;
    }
    context.putImageData(target, 0, 0);
    const drawn = performance.now();
    await new Promise((done) => requestAnimationFrame(done));
    times.push([drawn - began, performance.now() - began]);
  }
  return times;
}"""

IMAGE_CHANGED = """before => {
  const image = document.querySelector("[data-testid=stImage] img");
  return image && image.src !== before && image.complete && image.naturalWidth > 0;
}"""


def live_times(browser: Browser, server: str, side: int, size: int) -> np.ndarray:
    """Drag one weight up and down; wait for each stroke's frame, as a hand that watches would.

    Returns (strokes, 3): drawn, shown and computed in, ms.
    """
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    kernel = ";".join([",".join([f"{1 / size**2:.6g}"] * size)] * size)
    open_lab(page, server, f"?picture={PICTURES[side]}&kernel={kernel}")
    if side > 512:
        upload_larger(page, side)
    page.evaluate(WATCH)
    unfold(page, "Tools")
    page.get_by_role("button", name="Drag ↕").click()
    box = page.locator(".painter .cell").nth(size * size // 2).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("window.strokes.length = 0; window.strokeAt = 0")
    for stroke in range(WARM_UP + STROKES):
        page.mouse.move(x, y - 7 * (1 + stroke % 12) - 2)
        page.wait_for_function("count => window.strokes.length > count", arg=stroke, polling=5)
        page.wait_for_timeout(30)
    page.mouse.up()
    found = page.evaluate("window.strokes")[WARM_UP:]
    page.close()
    return np.array(found)


def upload_larger(page: Page, side: int) -> None:
    """Have the sample at `side` pixels, as an upload."""
    larger = resize(load_sample(PICTURES[side]), height=side, width=side)
    upload(page, "larger.png", as_png(larger))
    expect(caption(page)).to_contain_text("Your picture")
    choose_size(page, side, side)
    expect(shape(page, "source")).to_have_text(f"{side} × {side} × 3")


def loop_times(browser: Browser, side: int, size: int) -> np.ndarray:
    """Return (strokes, 2): drawn and shown, ms."""
    page = browser.new_page()
    times = page.evaluate(LOOP, [side, size, 8 + 40])[8:]
    page.close()
    return np.array(times)


def image_times(browser: Browser, server: str, side: int, size: int) -> list[float]:
    """Press an arrow key on a slider; wait until the new picture has arrived and is decoded."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{server}/?side={side}&kernel={size}")
    handle = page.get_by_role("slider")
    handle.wait_for()
    page.wait_for_function(IMAGE_CHANGED, arg="")
    handle.focus()
    times = []
    for _ in range(25):
        before = page.locator("[data-testid=stImage] img").get_attribute("src")
        began = page.evaluate("performance.now()")
        handle.press("ArrowRight")
        page.wait_for_function(IMAGE_CHANGED, arg=before, polling="raf")
        times.append(page.evaluate("performance.now()") - began)
    page.close()
    return times[5:]


@contextmanager
def plain_streamlit() -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(Path(__file__).with_name("st_image_app.py")),
         "--server.port", str(port), "--server.headless", "true"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    wait_until_up(port, process)
    yield f"http://localhost:{port}"
    process.terminate()
    process.wait()


def row(times: np.ndarray | list[float]) -> str:
    return f"{np.percentile(times, 50):7.1f} /{np.percentile(times, 95):6.1f}"


def main() -> None:
    port = free_port()
    process = start_server(port)
    print("Stroke to painted frame, ms (median / 95th percentile), three channels")
    print(
        "            live channel                               JavaScript loop"
        "                     st.image         loop/live"
    )
    print(
        "side   k          drawn          shown (computed in)          drawn          shown"
        "          shown      drawn shown"
    )
    with sync_playwright() as playwright, plain_streamlit() as usual:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for side in PICTURES:
            for size in KERNELS:
                live = live_times(browser, f"http://localhost:{port}", side, size)
                loop = loop_times(browser, side, size)
                image = image_times(browser, usual, side, size)
                ratios = np.median(loop, axis=0) / np.median(live[:, :2], axis=0)
                print(
                    f"{side:4d}  {size:2d} {row(live[:, 0])}{row(live[:, 1])} ({np.median(live[:, 2]):5.1f})"
                    f"     {row(loop[:, 0])}{row(loop[:, 1])}{row(image)}"
                    f"      {ratios[0]:5.2f} {ratios[1]:5.2f}",
                    flush=True,
                )
        browser.close()
    process.terminate()
    process.wait()


if __name__ == "__main__":
    main()
