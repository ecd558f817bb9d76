"""Explaining a picture: how long beside what it is made of, and beside Captum; prints ratios.

Grad-CAM beside one forward and backward pass; the occlusion map beside Captum's with the same
windows, which runs one window at a time unless told otherwise, and with batches for comparison; a
gray square that moves, as fast as answers come. All on `efficientnet_lite0` and one picture, on as
many threads as torch takes, which wait for each other as the app has them wait. In each round all
contenders run once, in a random order, and a ratio is the median over rounds of two times from the
same round. `--browser` drags the square in a real browser too.
"""

import argparse
import os
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

os.environ.setdefault("OMP_NUM_THREADS", "1")  # as app.server does, before torch is read

import torch
from captum.attr import Occlusion

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from cnn_core.networks import Trace, load, trace  # noqa: E402
from cnn_core.networks.attribution.class_activation import grad_cam  # noqa: E402
from cnn_core.networks.attribution.occlusion import cover, occlusion, ready_to_cover  # noqa: E402
from cnn_core.samples import load_sample  # noqa: E402

AT_MOST_PASSES = 1.5
AT_LEAST_CAPTUM = 3.0
AT_LEAST_FRAMES = 10.0
"""The targets."""

CLASS = 372
WINDOW, STRIDE = 32, 24
SIDE = 67
MOVES = 60
ROUNDS = 7


def measured(contenders: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Run everybody once a round, in a random order, after one round to warm up."""
    rng = np.random.default_rng(0)
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(-1, rounds):
        for name in rng.permutation(list(contenders)).tolist():
            began = time.perf_counter()
            contenders[name]()
            if number >= 0:
                times[name].append(time.perf_counter() - began)
    return times


def ratio(times: Mapping[str, Sequence[float]], one: str, other: str) -> float:
    """How many times as long `one` took, the median over rounds."""
    return statistics.median(a / b for a, b in zip(times[one], times[other], strict=True))


def a_pass(seen: Trace) -> None:
    """One pass forward and one back to the pixels."""
    pixels = torch.from_numpy(seen.input.copy())[None]
    pixels = pixels.contiguous(memory_format=torch.channels_last).requires_grad_()
    torch.autograd.grad(seen.network.module(pixels)[0, CLASS], pixels)


def captums(seen: Trace, at_once: int) -> np.ndarray:
    """Captum's occlusion map, `at_once` windows in one batch."""
    network = seen.network
    pixels = torch.from_numpy(seen.input.copy())[None]
    with torch.inference_mode(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = Occlusion(lambda x: network.module(x)).attribute(
            pixels.contiguous(memory_format=torch.channels_last),
            target=CLASS,
            sliding_window_shapes=(3, WINDOW, WINDOW),
            strides=(3, STRIDE, STRIDE),
            baselines=0,
            perturbations_per_eval=at_once,
        )
    return found[0, 0].numpy()


def main(arguments: Sequence[str]) -> None:
    """Measure, print, and say what missed its target."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--browser", action="store_true")
    wanted = parser.parse_args(arguments)
    picture = load_sample("mandrill")
    network = load("efficientnet_lite0")
    seen = trace(network, picture)
    missed = []
    print(f"{torch.get_num_threads()} threads")

    times = measured(
        {
            "pass": lambda: a_pass(seen),
            "Grad-CAM of a trace": lambda: grad_cam(seen, CLASS),
            "trace and Grad-CAM": lambda: grad_cam(trace(network, picture), CLASS),
        },
        3 * wanted.rounds,
    )
    for name in ("Grad-CAM of a trace", "trace and Grad-CAM"):
        found = ratio(times, name, "pass")
        print(f"{name}: {1e3 * statistics.median(times[name]):.1f} ms, {found:.2f} x a pass")
        if found > AT_MOST_PASSES:
            missed.append(f"{name} takes more than {AT_MOST_PASSES} passes")

    ours = occlusion(seen, CLASS, window=WINDOW, stride=STRIDE)
    apart = float(np.abs(ours.drop - captums(seen, 16)).max())
    print(f"occlusion, {ours.values.size} windows; Captum's map differs by at most {apart:.1e}")
    times = measured(
        {
            "ours": lambda: occlusion(seen, CLASS, window=WINDOW, stride=STRIDE),
            "Captum, as it comes": lambda: captums(seen, 1),
            "Captum, batches of 4": lambda: captums(seen, 4),
            "Captum, batches of 16": lambda: captums(seen, 16),
        },
        wanted.rounds,
    )
    for name, spent in times.items():
        found = ratio(times, name, "ours")
        print(f"  {name}: {statistics.median(spent):.2f} s, {found:.1f} x ours")
        if name == "Captum, as it comes" and found < AT_LEAST_CAPTUM:
            missed.append(f"{name} is less than {AT_LEAST_CAPTUM} times as slow")

    base = ready_to_cover(seen.network, seen.view)
    moves = [(n * 2 % 150, n * 3 % 150, SIDE, SIDE) for n in range(MOVES)]
    spent = []
    for move in moves:
        began = time.perf_counter()
        cover(base, [move])
        spent.append(time.perf_counter() - began)
    frames = 1 / statistics.mean(spent)
    middle, late = np.quantile(spent, [0.5, 0.95]) * 1e3
    print(f"moving square: {frames:.0f} answers/s, median {middle:.0f} ms, 95 % in {late:.0f} ms")
    if wanted.browser:
        frames = dragged()
    if frames < AT_LEAST_FRAMES:
        missed.append(f"the square is answered less than {AT_LEAST_FRAMES} times a second")
    sys.exit("; ".join(missed) or None)


def dragged(seconds: float = 6.0) -> float:
    """Drag the square in a browser; return how many answers a second were painted."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import CHROMIUM, FLAGS, free_port, start_server

    port = free_port()
    server = start_server(port)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(f"http://localhost:{port}/look_at")
            page.locator(".rank-correlations").wait_for(timeout=120_000)
            page.wait_for_timeout(5000)  # the dossier below is drawn meanwhile
            page.evaluate(
                "window.seen = []; document.addEventListener('kernelscope:covered', ({detail}) =>"
                "window.seen.push([performance.now(), detail.latency]))"
            )
            box = page.locator(".square").bounding_box()
            assert box
            page.mouse.move(box["x"] + 30, box["y"] + 30)
            page.mouse.down()
            ends = time.perf_counter() + seconds
            for number in range(100_000):
                if time.perf_counter() > ends:
                    break
                page.mouse.move(box["x"] + 30 + number * 3 % 280, box["y"] + 30 + number * 2 % 240)
                page.wait_for_timeout(8)
            answers = page.evaluate("window.seen")
            page.mouse.up()
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=20)
    rate = 1000 * (len(answers) - 1) / (answers[-1][0] - answers[0][0])
    late = statistics.median(latency for _, latency in answers)
    print(f"dragged in a browser: {rate:.0f} answers/s, {late:.0f} ms from asking to painting")
    return rate


if __name__ == "__main__":
    main(sys.argv[1:])
