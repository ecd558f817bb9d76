"""Visitors without a browser: they speak Streamlit's own protocol, and the live channel's.

Importable by the benchmarks; nothing here measures.
"""

import asyncio
import json
import re
import secrets
import struct
import time
import urllib.request
from collections.abc import Callable
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

FIGURE = re.compile(r'data-method="(?P<method>\w+)" data-weights="(?P<weights>\w+)"')


class Visitor:
    """One page's connection to Streamlit: opens a lesson and works its widgets, as a browser does.

    Attributes:
        components: by name, what the page gave each component last.
        lists: by label, the id and the options of each list.
        figures: the methods that the run under way has drawn for the trained network.
    """

    def __init__(self, host: str, lesson: str, query: str = "") -> None:
        self._host, self._lesson, self._query = host, lesson, query
        self.components: dict[str, Any] = {}
        self.lists: dict[str, tuple[str, list[str]]] = {}
        self.figures: set[str] = set()
        self._fragments: dict[str, str] = {}
        self._uploader = ""
        self._urls: FileURLs | None = None

    async def open(self) -> None:
        """Connect, and wait until the first run is over."""
        self._socket: ClientConnection = await connect(
            f"ws://{self._host}/_stcore/stream",
            max_size=None,
            origin=f"http://{self._host}",  # type: ignore[arg-type]
            subprotocols=["streamlit"],  # type: ignore[list-item]
        )
        message = BackMsg()
        message.rerun_script.query_string = self._query
        await self._send(message)
        await self.receive_until(lambda forward: forward.WhichOneof("type") == "script_finished")

    async def change(self, component: str, changes: dict[str, object]) -> None:
        """Report changes from a component, which reruns its fragment."""
        message = BackMsg()
        message.rerun_script.fragment_id = self._fragments[component]
        widget = message.rerun_script.widget_states.widgets.add()
        widget.id = self.components[component].id
        widget.json_value = json.dumps({"changes": changes})
        await self._send(message)

    async def choose(self, label: str, option: str) -> None:
        """Choose from a list, which reruns the page."""
        self.figures = set()
        message = BackMsg()
        widget = message.rerun_script.widget_states.widgets.add()
        widget.id = self.lists[label][0]
        widget.string_value = option
        await self._send(message)

    async def upload(self, name: str, data: bytes) -> None:
        """Upload a file, which reruns the page; the server must be started without XSRF checks."""
        self.figures = set()
        before, asking = self._urls, BackMsg()
        asking.file_urls_request.request_id = name
        asking.file_urls_request.file_names.append(name)
        await self._socket.send(asking.SerializeToString())
        await self.receive_until(lambda one: one.WhichOneof("type") == "file_urls_response")
        urls = self._urls
        assert urls is not None
        await asyncio.to_thread(self._put, urls, name, data)
        message = BackMsg()
        widget = message.rerun_script.widget_states.widgets.add()
        widget.id = self._uploader
        info = widget.file_uploader_state_value.uploaded_file_info.add()
        info.name, info.size, info.file_id = name, len(data), urls.file_id
        info.file_urls.CopyFrom(urls)
        await self._send(message)
        if before is not None:
            await asyncio.to_thread(self._delete, before)

    def _put(self, urls: FileURLs, name: str, data: bytes) -> None:
        edge = secrets.token_hex(16)
        head = (
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        request = urllib.request.Request(
            f"http://{self._host}{urls.upload_url}",
            data=head.encode() + data + f"\r\n--{edge}--\r\n".encode(),
            headers={"Content-Type": f"multipart/form-data; boundary={edge}"},
            method="PUT",
        )
        urllib.request.urlopen(request, timeout=30).close()

    def _delete(self, urls: FileURLs) -> None:
        address = f"http://{self._host}{urls.delete_url}"
        urllib.request.urlopen(urllib.request.Request(address, method="DELETE"), timeout=30).close()

    async def receive_until(self, enough: Callable[[ForwardMsg], object]) -> None:
        """Take in what the server sends until `enough` says so of a message."""
        async for data in self._socket:
            forward = ForwardMsg()
            forward.ParseFromString(data if isinstance(data, bytes) else data.encode())
            kind = forward.WhichOneof("type")
            if kind == "new_session":
                self.figures = set()
            elif kind == "file_urls_response":
                self._urls = forward.file_urls_response.file_urls[0]
            if forward.HasField("delta"):
                self._take(forward.delta)
            if enough(forward):
                return

    async def header_of(self, component: str) -> dict[str, Any]:
        """Fetch what a component was given by address; return the header of that frame."""
        address = json.loads(self.components[component].json)["address"]
        return header(await self.fetch(address))

    async def fetch(self, address: str) -> bytes:
        """Fetch from the server over HTTP."""

        def get() -> bytes:
            with urllib.request.urlopen(f"http://{self._host}/{address}", timeout=30) as response:
                return bytes(response.read())

        return await asyncio.to_thread(get)

    async def close(self) -> None:
        """Leave."""
        await self._socket.close()

    async def _send(self, message: BackMsg) -> None:
        message.rerun_script.page_name = self._lesson
        await self._socket.send(message.SerializeToString())

    def _take(self, delta: Delta) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise RuntimeError(element.exception.message)
        if kind == "bidi_component":
            name = element.bidi_component.component_name.removeprefix("kernelscope_")
            self.components[name] = element.bidi_component
            if delta.fragment_id:
                self._fragments[name] = delta.fragment_id
        elif kind == "selectbox":
            self.lists[element.selectbox.label] = (
                element.selectbox.id,
                list(element.selectbox.options),
            )
        elif kind == "file_uploader":
            self._uploader = element.file_uploader.id
        elif kind == "html":
            found = FIGURE.search(element.html.body)
            if found and found["weights"] == "trained":
                self.figures.add(found["method"])


class Dragger:
    """One live socket: asks at a steady pace whatever comes back, as a hand does.

    Attributes:
        first, rest: seconds until the frame that a pointer follows, and until what completes it.
        asked, answered: how many questions and frames.
        errors: what the server refused, in its words.
        out_of_order: frames older than one that came before.
    """

    def __init__(self, host: str, question: Callable[[int], dict[str, Any]]) -> None:
        self._host, self._question = host, question
        self.first: list[float] = []
        self.rest: list[float] = []
        self.asked = self.answered = self.out_of_order = 0
        self.errors: list[str] = []
        self._seen: set[int] = set()

    async def drag(self, *, until: float, pace_s: float, offset_s: float) -> None:
        """Ask every `pace_s` seconds until that time; wait for the last answer."""
        await asyncio.sleep(offset_s)
        async with connect(f"ws://{self._host}/live", max_size=None) as socket:
            sent: dict[int, float] = {}
            listening = asyncio.create_task(self._listen(socket, sent))
            next_stroke = time.perf_counter()
            while time.perf_counter() < until:
                self.asked += 1
                sent[self.asked] = time.perf_counter()
                await socket.send(json.dumps(self._question(self.asked)))
                next_stroke += pace_s
                await asyncio.sleep(max(0.0, next_stroke - time.perf_counter()))
            deadline = time.perf_counter() + 5
            while self.asked not in self._seen and time.perf_counter() < deadline:
                await asyncio.sleep(0.01)
            listening.cancel()

    async def ask_one_by_one(self, count: int) -> None:
        """Ask so many times, each when the one before was answered."""
        async with connect(f"ws://{self._host}/live", max_size=None) as socket:
            for number in range(1, count + 1):
                await socket.send(json.dumps(self._question(number)))
                await socket.recv()
                self.answered += 1

    @property
    def superseded(self) -> int:
        """Questions that got no answer of their own."""
        return self.asked - len(self._seen)

    @property
    def lost_the_last(self) -> bool:
        """Whether the last question was never answered."""
        return self.asked not in self._seen

    async def _listen(self, socket: ClientConnection, sent: dict[int, float]) -> None:
        newest = 0
        async for data in socket:
            assert isinstance(data, bytes)
            told = header(data)
            if told["kind"] == "error":
                self.errors.append(told["error"])
                continue
            self.answered += 1
            self._seen.add(told["sequence"])
            self.out_of_order += told["sequence"] < newest
            newest = max(newest, told["sequence"])
            found = self.first if told.get("more") else self.rest
            found.append(time.perf_counter() - sent[told["sequence"]])


def header(frame: bytes) -> dict[str, Any]:
    """Read the header of a binary frame (`app/drawing/frame.py`)."""
    (length,) = struct.unpack_from("<I", frame)
    return dict(json.loads(frame[4 : 4 + length]))
