"""A classroom on two cores: some drag kernels, others click; and a soak that watches memory.

    python tests/benchmarks/bench_load.py            10 draggers at 20 strokes a second, 30 clickers
    python tests/benchmarks/bench_load.py --soak     5,000 reruns and 50,000 frames, memory over time

Draggers speak the live channel's protocol over a real socket; clickers speak Streamlit's own protocol, as a
browser does, and wait for "script finished". The generator runs on the same cores as the server.
"""

import argparse
import asyncio
import json
import random
import secrets
import struct
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.browser.conftest import free_port, start_server

DRAGGERS, CLICKERS = 10, 30
# The first page has torch loaded in the background, once in the life of a server; that is not a load.
WARM_UP_S = 12.0
STROKES_PER_S, THINK_S, DURATION_S = 20, 2.0, 30.0
SOAK_RERUNS, SOAK_FRAMES = 5_000, 50_000
# The panels, as a reader at 1280 x 800 has on the screen.
PANELS = ["response", "activated", "pooled"]


class Session:
    """One reader's Streamlit connection: opens the Kernel lab and clicks its painter."""

    def __init__(self, host: str) -> None:
        self._host = host
        self.token = ""
        self._painter = ""
        self._fragment = ""
        self._cached: set[str] = set()
        self._chance = random.Random()

    async def open(self) -> None:
        self._socket: ClientConnection = await connect(
            f"ws://{self._host}/_stcore/stream",
            max_size=None,
            origin=f"http://{self._host}",  # type: ignore[arg-type]
            subprotocols=["streamlit"],  # type: ignore[list-item]
        )
        message = BackMsg()
        message.rerun_script.query_string = ""
        message.rerun_script.page_name = "kernel_lab"
        await self._run(message)

    async def click(self) -> float:
        """Commit a kernel nobody had before; return the seconds until the page stood again."""
        weights = [f"{self._chance.uniform(-2, 2):.3f}" for _ in range(6)]
        kernel = f"{','.join(weights[:3])};{','.join(weights[3:])}"
        value = {"changes": {"kernel": kernel, "stamp": secrets.token_hex(4)}}
        message = BackMsg()
        message.rerun_script.cached_message_hashes.extend(self._cached)
        message.rerun_script.page_name = "kernel_lab"
        message.rerun_script.fragment_id = self._fragment
        widget = message.rerun_script.widget_states.widgets.add()
        widget.id = self._painter
        widget.json_value = json.dumps(value)
        began = time.perf_counter()
        await self._run(message)
        return time.perf_counter() - began

    async def close(self) -> None:
        await self._socket.close()

    async def _run(self, message: BackMsg) -> None:
        await self._socket.send(message.SerializeToString())
        async for data in self._socket:
            forward = ForwardMsg()
            forward.ParseFromString(data if isinstance(data, bytes) else data.encode())
            if forward.metadata.cacheable:
                self._cached.add(forward.hash)  # a browser keeps it too, and is sent a reference
            if forward.HasField("delta"):
                self._read(forward)
            if forward.WhichOneof("type") == "script_finished":
                return

    def _read(self, forward: ForwardMsg) -> None:
        if forward.delta.fragment_id:
            self._fragment = forward.delta.fragment_id
        element = forward.delta.new_element
        if element.WhichOneof("type") == "exception":
            raise RuntimeError(element.exception.message)
        if element.WhichOneof("type") != "bidi_component":
            return
        component = element.bidi_component
        if component.component_name == "kernelscope_kernel_painter":
            self._painter = component.id
        if component.component_name == "kernelscope_live_view":
            header = _header(component.bytes)
            self.token = header["token"]


def _header(frame: bytes) -> dict:  # type: ignore[type-arg]
    (length,) = struct.unpack_from("<I", frame)
    return dict(json.loads(frame[4 : 4 + length]))


class Dragger:
    """One reader's live socket: asks at a steady pace whatever comes back, as a hand does."""

    def __init__(self, host: str, token: str) -> None:
        self._host, self._token = host, token
        self.responses: list[float] = []
        self.rests: list[float] = []
        self.asked = self.answered = 0
        self.errors: list[str] = []
        self.out_of_order = 0

    async def drag(self, *, until: float, pace_s: float, offset_s: float) -> None:
        await asyncio.sleep(offset_s)
        async with connect(f"ws://{self._host}/live", max_size=None) as socket:
            sent: dict[int, float] = {}
            listening = asyncio.create_task(self._listen(socket, sent))
            next_stroke = time.perf_counter()
            while time.perf_counter() < until:
                self.asked += 1
                question = {
                    "kind": "frame",
                    "sequence": self.asked,
                    "token": self._token,
                    "dark": False,
                    "panels": PANELS,
                    "settings": {"kernel": f"-1,0,1;-2,{(self.asked % 40) / 10},2;-1,0,1"},
                }
                sent[self.asked] = time.perf_counter()
                await socket.send(json.dumps(question))
                next_stroke += pace_s
                await asyncio.sleep(max(0.0, next_stroke - time.perf_counter()))
            deadline = time.perf_counter() + 5
            while self.asked not in self._seen and time.perf_counter() < deadline:
                await asyncio.sleep(0.01)
            listening.cancel()

    _seen: set[int]

    async def _listen(self, socket: ClientConnection, sent: dict[int, float]) -> None:
        self._seen = set()
        newest = 0
        async for data in socket:
            assert isinstance(data, bytes)
            header = _header(data)
            if header["kind"] == "error":
                self.errors.append(header["error"])
                continue
            self.answered += 1
            self._seen.add(header["sequence"])
            self.out_of_order += header["sequence"] < newest
            newest = max(newest, header["sequence"])
            found = self.responses if header["more"] else self.rests
            found.append(time.perf_counter() - sent[header["sequence"]])


async def classroom(host: str, resident: Callable[[], float]) -> None:
    """Run the load and print what the readers saw."""
    sessions = [Session(host) for _ in range(DRAGGERS + CLICKERS)]
    for session in sessions:
        await session.open()
    before_torch = resident()
    await asyncio.sleep(WARM_UP_S)
    draggers = [Dragger(host, session.token) for session in sessions[:DRAGGERS]]
    clicks: list[float] = []
    until = time.perf_counter() + DURATION_S

    async def click_on(session: Session, seed: int) -> None:
        # By a clock of their own: readers who wait for the answer and then pause for equally long fall
        # into step after the first delay, and thirty hands that click at once are no classroom.
        chance = random.Random(seed)
        due = time.perf_counter() + THINK_S * chance.random()
        while due < until:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            clicks.append(await session.click())
            due += THINK_S * chance.uniform(0.5, 1.5)

    work: list[Awaitable[None]] = [
        dragger.drag(
            until=until,
            pace_s=1 / STROKES_PER_S,
            offset_s=random.Random(seed).uniform(0, 1 / STROKES_PER_S),
        )
        for seed, dragger in enumerate(draggers)
    ]
    work += [click_on(session, seed) for seed, session in enumerate(sessions[DRAGGERS:])]
    await asyncio.gather(*work)
    responses = [one for dragger in draggers for one in dragger.responses]
    rests = [one for dragger in draggers for one in dragger.rests]
    asked = sum(dragger.asked for dragger in draggers)
    lost_last = sum(dragger.asked not in dragger._seen for dragger in draggers)
    print(
        f"{DRAGGERS} drag at {STROKES_PER_S} strokes/s, {CLICKERS} click every {THINK_S:g} s, {DURATION_S:g} s"
    )
    for name, times in (
        ("clicks", clicks),
        ("responses", responses),
        ("what follows", rests),
        ("all frames", responses + rests),
    ):
        print(f"{name:12s}  n={len(times):5d}  p50 {_ms(times, 50)}  p95 {_ms(times, 95)} ms")
    print(
        f"asked {asked}, superseded {asked - sum(len(d._seen) for d in draggers)}, last stroke unanswered {lost_last}, "
        f"out of order {sum(d.out_of_order for d in draggers)}, "
        f"errors {sum(len(d.errors) for d in draggers)}"
    )
    print(
        f"server memory {before_torch:.0f} MB with all pages open, {resident():.0f} MB at the end"
    )
    for session in sessions:
        await session.close()


async def soak(host: str, resident: Callable[[], float]) -> None:
    """Rerun and draw for a long time; print memory after each tenth."""
    sessions = [Session(host) for _ in range(4)]
    for session in sessions:
        await session.open()
    await asyncio.sleep(WARM_UP_S)
    tenths = 10
    for tenth in range(tenths):
        draggers = [Dragger(host, session.token) for session in sessions]

        async def clicks(session: Session) -> None:
            for _ in range(SOAK_RERUNS // tenths // len(sessions)):
                await session.click()

        await asyncio.gather(
            *(clicks(session) for session in sessions),
            *(_answered(dragger, SOAK_FRAMES // tenths // len(draggers)) for dragger in draggers),
        )
        frames = sum(dragger.answered for dragger in draggers)
        print(f"{10 * (tenth + 1):3d} %  {resident():7.1f} MB  ({frames} frames)", flush=True)
    for session in sessions:
        await session.close()


async def _answered(dragger: Dragger, count: int) -> None:
    """Ask one after the other until so many frames came."""
    async with connect(f"ws://{dragger._host}/live", max_size=None) as socket:
        for sequence in range(1, count + 1):
            settings = {"kernel": f"-1,0,1;-2,{sequence % 40},2;-1,0,1"}
            question = {
                "kind": "frame",
                "sequence": sequence,
                "token": dragger._token,
                "settings": settings,
            }
            await socket.send(json.dumps(question | {"panels": ["pooled"]}))
            await socket.recv()
            dragger.answered += 1


def _resident(pid: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(one for one in status if one.startswith("VmRSS")).split()[1]) / 1024


def _ms(seconds: list[float], share: float) -> str:
    return f"{1000 * float(np.percentile(seconds, share)):6.1f}" if seconds else "  none"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--soak", action="store_true", help="run long and watch memory")
    asked = parser.parse_args()
    port = free_port()
    process = start_server(port)

    def resident() -> float:
        """Memory of the server and of what it started, in MB."""
        tasks = Path(f"/proc/{process.pid}/task").glob("*/children")
        children = {pid for task in tasks for pid in task.read_text().split()}
        return sum(_resident(pid) for pid in (str(process.pid), *children))

    try:
        asyncio.run((soak if asked.soak else classroom)(f"localhost:{port}", resident))
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
