"""A classroom on two cores: some drag kernels, others click; and a soak that watches memory.

    python tests/benchmarks/bench_load.py                  10 draggers at 20 strokes a second, 30 clickers
    python tests/benchmarks/bench_load.py --page look_at   10 draggers beside 30 who change the picture
    python tests/benchmarks/bench_load.py --page look_at --uploads   the same, each with pictures of their own
    python tests/benchmarks/bench_load.py --training       the Kernel lab, and a network is trained beside it
    python tests/benchmarks/bench_load.py --few            one drags and one clicks, with --training or without
    python tests/benchmarks/bench_load.py --soak           5,000 reruns and 50,000 frames, memory over time

Draggers speak the live channel's protocol over a real socket; the others speak Streamlit's own, as a browser does.
The generator runs on the same cores as the server.
"""

import argparse
import asyncio
import json
import random
import secrets
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from websockets.asyncio.client import ClientConnection, connect

sys.path.insert(0, str(Path(__file__).parents[2]))

from app.drawing.encode import encode_png
from cnn_core.networks.attribution.methods import METHODS
from cnn_core.samples import SAMPLES
from tests.benchmarks.visitors import Dragger, Visitor, header
from tests.browser.conftest import free_port, start_server

DRAGGERS, VISITORS = 10, 30
# The first page has torch loaded and the samples explained in the background (app/lessons/look_at/ahead.py), once in
# the life of a server; that is not a load.
WARM_UP_S = 45.0
STROKES_PER_S, THINK_S, DURATION_S = 20, 2.0, 30.0
CHANGE_EVERY_S, CHANGES_S = 4.0, 40.0
SQUARES, SQUARE_PAUSE_S = 5, 0.2
TRAINING_S = 5.0
"""A training is under way for so long before anything is measured."""

SOAK_RERUNS, SOAK_FRAMES = 5_000, 50_000
# The panels, as a reader at 1280 x 800 has on the screen.
PANELS = ["response", "activated", "pooled"]

_NAMES = [sample.name for sample in SAMPLES.values()]


class Memory:
    """Memory of the server and of what it started, in MB; the highest seen is kept."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self.peak = 0.0

    def now(self) -> float:
        tasks = Path(f"/proc/{self._pid}/task").glob("*/children")
        children = {pid for task in tasks for pid in task.read_text().split()}
        held = sum(_resident(pid) for pid in (str(self._pid), *children))
        self.peak = max(self.peak, held)
        return held

    async def watch(self) -> None:
        while True:
            self.now()
            await asyncio.sleep(0.25)


class KernelLab:
    """A visitor of the Kernel lab, who clicks; their picture can be dragged over, too."""

    def __init__(self, host: str) -> None:
        self.page = Visitor(host, "kernel_lab")
        self._chance = random.Random()
        self.token = ""

    async def open(self) -> None:
        await self.page.open()
        self.token = (await self.page.header_of("live_view"))["token"]

    async def click(self) -> float:
        """Commit a kernel nobody had before; return the seconds until the page is done."""
        weights = [f"{self._chance.uniform(-2, 2):.3f}" for _ in range(6)]
        kernel = f"{','.join(weights[:3])};{','.join(weights[3:])}"
        began = time.perf_counter()
        await self.page.change("kernel_painter", {"kernel": kernel, "stamp": secrets.token_hex(4)})
        await self.page.receive_until(_finished)
        return time.perf_counter() - began

    def stroke(self, number: int) -> dict[str, Any]:
        return {
            "kind": "frame",
            "sequence": number,
            "token": self.token,
            "panels": PANELS,
            "settings": {"kernel": f"-1,0,1;-2,{(number % 40) / 10},2;-1,0,1"},
        }


class Training:
    """A visitor of Watch it learn, who trains the default network for as long as the load lasts."""

    def __init__(self, host: str) -> None:
        self._host = host
        self.page = Visitor(host, "watch_it_learn", "learn_view=train")
        self.status = ""

    async def train(self) -> None:
        """Begin, and ask how it is doing as a page does."""
        await self.page.open()
        desk = await self.page.header_of("training_desk")
        asked = {"token": desk["token"], "owner": desk["owner"]}
        begin = {
            **asked,
            "kind": "train_do",
            "action": "start",
            "settings": {**desk["settings"], "learn_net_epochs": "30"},
        }
        async with connect(f"ws://{self._host}/live", max_size=None) as socket:
            question: dict[str, Any] = begin
            number = 0
            while True:
                number += 1
                await socket.send(json.dumps({**question, "sequence": number}))
                data = await socket.recv()
                assert isinstance(data, bytes)
                told = header(data)
                assert told["kind"] != "error", told
                self.status = f"{told['status']} {told['score']}"
                question = {**asked, "kind": "train_watch", "version": told["version"]}
                if not told.get("isActive"):
                    question = begin


class LookAt:
    """A visitor of What does it look at?, who changes the picture and drags the gray square.

    Attributes:
        squares: seconds until the scores with the square there.
        large: seconds from the change of picture until the large picture is there.
        explanations: seconds from the change until all methods are drawn for the trained network.
        changes, complete: how many changes, and how many were explained before the next one.
    """

    def __init__(self, host: str, seed: int, *, uploads: bool) -> None:
        self._host, self._uploads = host, uploads
        self._chance = random.Random(seed)
        self._noise = np.random.default_rng(seed)
        self.page = Visitor(host, "look_at")
        self.squares: list[float] = []
        self.large: list[float] = []
        self.explanations: list[float] = []
        self.changes = self.complete = 0

    async def open(self) -> None:
        await self.page.open()
        self._token = (await self.page.header_of("occluder"))["token"]

    async def work(self, *, until: float) -> None:
        """Change the picture by a clock of one's own until that time."""
        await asyncio.sleep(CHANGE_EVERY_S * self._chance.random())
        shown = ""
        squares: asyncio.Task[None] | None = None
        async with connect(f"ws://{self._host}/live", max_size=None) as socket:
            while time.perf_counter() < until:
                due = time.perf_counter() + CHANGE_EVERY_S
                self.changes += 1
                began = time.perf_counter()
                if self._uploads:
                    await self.page.upload("own.png", self._own_picture())
                else:
                    shown = self._chance.choice([name for name in _NAMES if name != shown])
                    await self.page.choose("Picture", shown)
                covered, ended = False, False
                while not ended:
                    try:
                        async with asyncio.timeout_at(_loop_time(due)):
                            await self.page.receive_until(
                                lambda message: (
                                    _finished(message)
                                    or self._drawn_all()
                                    or _is_component(message, "occluder")
                                )
                            )
                    except TimeoutError:
                        break  # the next picture is chosen while this one is still being explained
                    if not covered and await self._has_new_picture():
                        covered = True
                        self.large.append(time.perf_counter() - began)
                        squares = asyncio.create_task(self._cover(socket, squares))
                    ended = self._drawn_all()
                if ended:
                    self.complete += 1
                    self.explanations.append(time.perf_counter() - began)
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
            if squares:
                await squares

    def _own_picture(self) -> bytes:
        coarse = self._noise.integers(0, 256, (12, 16, 3), np.uint8)
        return encode_png(np.kron(coarse, np.ones((40, 40, 1), np.uint8)))

    def _drawn_all(self) -> bool:
        return set(METHODS) <= self.page.figures

    async def _has_new_picture(self) -> bool:
        token = (await self.page.header_of("occluder"))["token"]
        before, self._token = self._token, token
        return bool(token != before)

    async def _cover(self, socket: ClientConnection, before: "asyncio.Task[None] | None") -> None:
        if before:
            await before
        for number in range(1, SQUARES + 1):
            question = {
                "kind": "occlude",
                "sequence": number,
                "token": self._token,
                "settings": {"network": "efficientnet_lite0"},
                "square": [8 + 16 * number, 8, 67],
            }
            began = time.perf_counter()
            await socket.send(json.dumps(question))
            data = await socket.recv()
            assert isinstance(data, bytes)
            told = header(data)
            assert told["kind"] == "occlude", told
            self.squares.append(time.perf_counter() - began)
            await asyncio.sleep(SQUARE_PAUSE_S)


def _loop_time(moment: float) -> float:
    return asyncio.get_running_loop().time() + moment - time.perf_counter()


def _finished(message: Any) -> bool:
    return bool(message.WhichOneof("type") == "script_finished")


def _is_component(message: Any, name: str) -> bool:
    element = message.delta.new_element
    if not message.HasField("delta") or element.WhichOneof("type") != "bidi_component":
        return False
    return bool(element.bidi_component.component_name == f"kernelscope_{name}")


async def classroom(
    host: str,
    memory: Memory,
    *,
    draggers: int = DRAGGERS,
    clickers: int = VISITORS,
    trains: bool = False,
) -> None:
    """Some drag and some click in the Kernel lab; print what they saw."""
    visitors = [KernelLab(host) for _ in range(draggers + clickers)]
    for visitor in visitors:
        await visitor.open()
    opened = memory.now()
    await asyncio.sleep(WARM_UP_S)
    training = Training(host)
    trained = asyncio.create_task(training.train()) if trains else None
    if trains:
        await asyncio.sleep(TRAINING_S)
    clicks: list[float] = []
    until = time.perf_counter() + DURATION_S

    async def click_on(visitor: KernelLab, seed: int) -> None:
        # By a clock of their own: readers who wait for the answer and then pause for equally long fall
        # into step after the first delay, and thirty hands that click at once are no classroom.
        chance = random.Random(seed)
        due = time.perf_counter() + THINK_S * chance.random()
        while due < until:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            clicks.append(await visitor.click())
            due += THINK_S * chance.uniform(0.5, 1.5)

    clicking = (click_on(visitor, seed) for seed, visitor in enumerate(visitors[draggers:]))
    dragging, strokes = _dragging(host, visitors[:draggers], until)
    await asyncio.gather(dragging, *clicking)
    print(f"{clickers} click every {THINK_S:g} s")
    _print_times("clicks", clicks)
    _print_draggers(strokes, DURATION_S)
    if trained:
        assert not trained.done(), trained.exception()
        trained.cancel()
        print(f"beside it a training: {training.status}")
    print(f"server memory {opened:.0f} MB with all pages open, {memory.now():.0f} MB at the end")
    for visitor in visitors:
        await visitor.page.close()


async def attributions(host: str, memory: Memory, *, uploads: bool) -> None:
    """Thirty change the picture on What does it look at?, ten drag kernels; print what they saw."""
    draggers = [KernelLab(host) for _ in range(DRAGGERS)]
    visitors = [LookAt(host, seed, uploads=uploads) for seed in range(VISITORS)]
    for dragger in draggers:
        await dragger.open()
    await asyncio.sleep(WARM_UP_S)
    for visitor in visitors:
        await visitor.open()
    opened = memory.now()
    until = time.perf_counter() + CHANGES_S
    dragging, strokes = _dragging(host, draggers, until)
    await asyncio.gather(dragging, *(visitor.work(until=until) for visitor in visitors))
    changes = sum(visitor.changes for visitor in visitors)
    complete = sum(visitor.complete for visitor in visitors)
    print(f"{VISITORS} change the picture every {CHANGE_EVERY_S:g} s for {CHANGES_S:g} s")
    print(f"{complete} of {changes} pictures were explained in full before the next was chosen")
    _print_times("large picture", [s for one in visitors for s in one.large])
    _print_times("gray square", [s for one in visitors for s in one.squares])
    _print_times("explanations", [s for one in visitors for s in one.explanations])
    _print_draggers(strokes, CHANGES_S)
    print(f"server memory {opened:.0f} MB with all pages open, {memory.peak:.0f} MB at the peak")
    for page in (*draggers, *visitors):
        await page.page.close()


def _dragging(
    host: str, visitors: list[KernelLab], until: float
) -> tuple[asyncio.Future[Any], list[Dragger]]:
    draggers = [Dragger(host, visitor.stroke) for visitor in visitors]
    strokes = (
        dragger.drag(
            until=until,
            pace_s=1 / STROKES_PER_S,
            offset_s=random.Random(seed).uniform(0, 1 / STROKES_PER_S),
        )
        for seed, dragger in enumerate(draggers)
    )
    return asyncio.gather(*strokes), draggers


def _print_draggers(draggers: list[Dragger], duration_s: float) -> None:
    first = [one for dragger in draggers for one in dragger.first]
    rest = [one for dragger in draggers for one in dragger.rest]
    print(f"{len(draggers)} drag kernels at {STROKES_PER_S} strokes/s, {duration_s:g} s")
    _print_times("responses", first)
    _print_times("what follows", rest)
    _print_times("all frames", first + rest)
    print(
        f"asked {sum(one.asked for one in draggers)}, "
        f"superseded {sum(one.superseded for one in draggers)}, "
        f"last stroke unanswered {sum(one.lost_the_last for one in draggers)}, "
        f"out of order {sum(one.out_of_order for one in draggers)}, "
        f"errors {sum(len(one.errors) for one in draggers)}"
    )


async def soak(host: str, memory: Memory) -> None:
    """Rerun and draw for a long time; print memory after each tenth."""
    visitors = [KernelLab(host) for _ in range(4)]
    for visitor in visitors:
        await visitor.open()
    await asyncio.sleep(WARM_UP_S)
    tenths = 10

    async def clicks(visitor: KernelLab) -> None:
        for _ in range(SOAK_RERUNS // tenths // len(visitors)):
            await visitor.click()

    for tenth in range(tenths):
        draggers = [
            Dragger(host, lambda number, one=visitor: one.stroke(number) | {"panels": ["pooled"]})  # type: ignore[misc]
            for visitor in visitors
        ]
        await asyncio.gather(
            *map(clicks, visitors),
            *(one.ask_one_by_one(SOAK_FRAMES // tenths // len(draggers)) for one in draggers),
        )
        frames = sum(one.answered for one in draggers)
        print(f"{10 * (tenth + 1):3d} %  {memory.now():7.1f} MB  ({frames} frames)", flush=True)
    for visitor in visitors:
        await visitor.page.close()


def _resident(pid: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(one for one in status if one.startswith("VmRSS")).split()[1]) / 1024


def _print_times(name: str, seconds: list[float]) -> None:
    if not seconds:
        print(f"{name:14s} n=    0")
        return
    middle, late = (1000 * float(np.percentile(seconds, share)) for share in (50, 95))
    print(f"{name:14s} n={len(seconds):5d}  p50 {middle:7.1f}  p95 {late:7.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--page", choices=("kernel_lab", "look_at"), default="kernel_lab")
    parser.add_argument("--uploads", action="store_true", help="everyone has their own pictures")
    parser.add_argument("--training", action="store_true", help="train a network beside the load")
    parser.add_argument("--few", action="store_true", help="one drags and one clicks")
    parser.add_argument("--soak", action="store_true", help="run long and watch memory")
    asked = parser.parse_args()
    port = free_port()
    process = start_server(
        port, *(["--server.enableXsrfProtection", "false"] if asked.uploads else [])
    )
    memory = Memory(process.pid)
    crowd = {"draggers": 1, "clickers": 1} if asked.few else {}
    run: Callable[[str, Memory], Any] = soak
    if not asked.soak:
        run = lambda host, memory: classroom(host, memory, trains=asked.training, **crowd)  # noqa: E731
    if asked.page == "look_at":
        run = lambda host, memory: attributions(host, memory, uploads=asked.uploads)  # noqa: E731

    async def watched() -> None:
        watching = asyncio.create_task(memory.watch())
        await run(f"localhost:{port}", memory)
        watching.cancel()

    try:
        asyncio.run(watched())
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
