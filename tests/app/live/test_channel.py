"""The live channel against a client that is not the app: answers, and harmless refusals."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import numpy as np
import pytest
import uvicorn
from starlette.applications import Starlette
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from app import catalogue
from app.drawing.encode import encode_png
from app.drawing.frame import pack, unpack
from app.lessons.kernel_lab.frame import lab_frame
from app.lessons.kernel_lab.settings import read_settings
from app.live import channel as live
from app.live import picture_route
from app.live.figures import FIGURES
from app.live.image_store import STORE, picture_url
from app.live.messages import MAX_PICTURE_BYTES
from cnn_core.images import load_image

ROOT = Path(__file__).parents[3]
PICTURE = np.random.default_rng(1).integers(0, 256, (20, 30, 3), dtype=np.uint8)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    catalogue.register()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        routes = [*live.routes(), *picture_route.routes()]
        config = uvicorn.Config(Starlette(routes=routes), log_level="error", lifespan="off")
        server = uvicorn.Server(config)
        listening.listen()
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield f"ws://127.0.0.1:{port}/live"
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture
def client(address: str) -> Iterator[ClientConnection]:
    with connect(address) as connection:
        yield connection


@pytest.fixture
def token() -> str:
    return STORE.put(PICTURE)


def question(token: str, **changes: Any) -> dict[str, Any]:
    return {
        "kind": "frame",
        "sequence": 1,
        "token": token,
        "settings": {},
        **changes,
    }


def ask(client: ClientConnection, asked: object) -> dict[str, Any]:
    client.send(asked if isinstance(asked, str | bytes) else json.dumps(asked))
    header: dict[str, Any] = {"more": True}
    while header.get("more"):
        answer = client.recv(timeout=20)
        assert isinstance(answer, bytes)
        header = unpack(answer)[0]
    return header


def test_frames_are_what_the_page_would_show(client: ClientConnection, token: str) -> None:
    texts = {"kernel": "1,2;3,4", "stride": "2"}
    client.send(json.dumps(question(token, settings=texts, sequence=7)))
    blobs: dict[str, bytes] = {}
    for _ in range(2):
        answer = client.recv(timeout=20)
        assert isinstance(answer, bytes)
        header, part = unpack(answer)
        assert header["sequence"] == 7
        blobs |= part
    _, expected = unpack(pack(*lab_frame(PICTURE, read_settings(texts), texts)))
    assert blobs == expected


def test_pooling_that_does_not_fit_has_a_sentence_in_place_of_its_picture(
    client: ClientConnection, token: str
) -> None:
    answer = ask(client, question(token, settings={"stride": "8", "pool_size": "8"}))
    assert answer["kind"] == "frame"
    assert [panel["key"] for panel in answer["panels"]] == ["source", "response", "activated"]
    assert "The pooling window of 8 × 8 does not fit" in answer["unfit"]


def test_a_probe_is_answered_with_a_line(client: ClientConnection, token: str) -> None:
    place = {"panel": "source", "row": 3, "column": 4}
    answer = ask(client, question(token, kind="probe", probe=place))
    assert answer["kind"] == "probe"
    assert answer["text"].startswith("picture[3, 4] = ")


HOSTILE = {
    "not JSON": "{",
    "noise": b"\x00\xff" * 50,
    "empty": "",
    "a list": "[]",
    "a number": "1",
    "null": "null",
    "deep": "[" * 2000 + "]" * 2000,
    "long": json.dumps({"kind": "frame", "settings": {"kernel": "1" * 20_000}}),
    "huge integer": '{"kind":"frame","sequence":' + "9" * 5000 + "}",
    "no kind": json.dumps({"sequence": 1}),
    "no sequence": json.dumps({"kind": "frame"}),
    "boolean sequence": json.dumps({"kind": "frame", "sequence": True}),
    "negative sequence": json.dumps({"kind": "frame", "sequence": -1}),
    "no token": json.dumps({"kind": "frame", "sequence": 1}),
    "unknown token": json.dumps(question("AAAAAAAAAAAAAAAAAAAAAA")),
    "token of another type": json.dumps(question("x") | {"token": ["x"]}),
}


@pytest.mark.parametrize("message", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_message_that_is_no_question_gets_an_error_and_the_line_lives(
    client: ClientConnection, token: str, message: str | bytes
) -> None:
    refused = ask(client, message)
    assert refused["kind"] == "error"
    assert refused["error"].endswith(".")
    assert ask(client, question(token))["kind"] == "frame"


def test_a_field_that_a_question_does_not_have_is_named(
    client: ClientConnection, token: str
) -> None:
    refused = ask(client, question(token) | {"pictures": 1})
    assert refused["error"] == "A question of this kind has no field called 'pictures'."


WRONG_SETTINGS: dict[str, Any] = {
    "NaN weight": {"kernel": "nan,1"},
    "infinite weight": {"kernel": "1e999"},
    "kernel too large": {"kernel": ";".join([",".join(["1"] * 16)] * 16)},
    "ragged kernel": {"kernel": "1,2;3"},
    "kernel as an object": {"kernel": {"a": 1}},
    "huge stride": {"stride": "99999999999"},
    "NaN bias": {"bias": float("nan")},
    "unknown setting": {"__proto__": "1"},
    "window does not fit": {"padding": "valid", "dilation": "8", "kernel": "9,9,9,9,9"},
}


@pytest.mark.parametrize("settings", WRONG_SETTINGS.values(), ids=WRONG_SETTINGS.keys())
def test_a_wrong_spec_gets_a_sentence_and_the_line_lives(
    client: ClientConnection, token: str, settings: dict[str, Any]
) -> None:
    refused = ask(client, question(token, settings=settings))
    assert refused["kind"] == "error"
    assert refused["sequence"] == 1
    assert ask(client, question(token))["kind"] == "frame"


@pytest.mark.parametrize(
    "place",
    [None, [], {"panel": "response"}, {"panel": "response", "row": 10**9, "column": 0},
     {"panel": "source", "row": -1, "column": 0}, {"panel": "nothing", "row": True, "column": 0}],
    ids=str,
)  # fmt: skip
def test_a_probe_of_nowhere_is_refused(client: ClientConnection, token: str, place: Any) -> None:
    assert ask(client, question(token, kind="probe", probe=place))["kind"] == "error"
    assert ask(client, question(token))["kind"] == "frame"


def camera_message(token: str, picture: bytes, **changes: Any) -> bytes:
    text = json.dumps(question(token, kind="camera", **changes)).encode()
    return len(text).to_bytes(4, "little") + text + picture


def test_a_camera_picture_is_filtered_and_can_be_kept(client: ClientConnection, token: str) -> None:
    client.send(camera_message(token, encode_png(PICTURE), keep=True))
    answer = client.recv(timeout=20)
    assert isinstance(answer, bytes)
    header, blobs = unpack(answer)
    assert set(blobs) == {"source", "response"}
    np.testing.assert_array_equal(STORE.get(header["kept"]).pixels, PICTURE)


@pytest.mark.parametrize("picture", [b"", b"no picture at all", encode_png(PICTURE)[:60]], ids=len)
def test_what_is_no_camera_picture_is_refused(
    client: ClientConnection, token: str, picture: bytes
) -> None:
    assert ask(client, camera_message(token, picture))["kind"] == "error"
    assert ask(client, question(token))["kind"] == "frame"


@pytest.mark.parametrize(
    "message",
    [b"", b"\xff\xff\xff\xff{}", b"\x02\x00\x00\x00\xff\xff", bytes(MAX_PICTURE_BYTES + 1)],
    ids=["empty", "length beyond the end", "no text", "too large"],
)
def test_bytes_that_are_no_camera_question_are_refused(
    client: ClientConnection, token: str, message: bytes
) -> None:
    assert ask(client, message)["kind"] == "error"
    assert ask(client, question(token))["kind"] == "frame"


def test_a_camera_picture_needs_a_token_too(client: ClientConnection) -> None:
    refused = ask(client, camera_message("AAAAAAAAAAAAAAAAAAAAAA", encode_png(PICTURE)))
    assert refused["error_kind"] == "UnknownTokenError"


def test_another_origin_is_turned_away(address: str) -> None:
    with pytest.raises(InvalidStatus), connect(address, origin="https://elsewhere.example"):  # type: ignore[arg-type]
        pass


def test_the_own_origin_is_let_in(address: str, token: str) -> None:
    host = address.removeprefix("ws://").removesuffix("/live")
    with connect(address, origin=f"http://{host}") as client:  # type: ignore[arg-type]
        assert ask(client, question(token))["kind"] == "frame"


def test_a_picture_serves_only_so_many_windows_and_takes_new_ones_when_some_close(
    address: str, token: str
) -> None:
    clients = [connect(address, legacy=True) for _ in range(live.MAX_CONNECTIONS_PER_TOKEN)]
    for client in clients:
        assert ask(client, question(token))["kind"] == "frame"
    with connect(address) as one_more:
        assert "too many windows" in ask(one_more, question(token))["error"]
        # The refused window may still look at another picture.
        assert ask(one_more, question(STORE.put(PICTURE)))["kind"] == "frame"
    for client in clients:
        client.close()
    with connect(address) as late:
        for _ in range(100):
            if ask(late, question(token))["kind"] == "frame":
                break
        else:
            pytest.fail("closed windows were never forgotten")


def test_only_superseded_questions_stay_unanswered(client: ClientConnection, token: str) -> None:
    last = 60
    for sequence in range(1, last + 1):
        client.send(
            json.dumps(question(token, sequence=sequence, settings={"bias": str(sequence)}))
        )
    answered = []
    while not answered or answered[-1] != last:
        answer = client.recv(timeout=20)
        assert isinstance(answer, bytes)
        answered.append(unpack(answer)[0]["sequence"])
    assert answered == sorted(answered)


def test_two_sessions_get_each_their_own_picture(address: str) -> None:
    dark, bright = np.zeros_like(PICTURE), np.full_like(PICTURE, 250)
    with connect(address) as one, connect(address) as other:
        for client, pixels in ((one, dark), (other, bright)):
            place = {"panel": "source", "row": 0, "column": 0}
            answer = ask(client, question(STORE.put(pixels), kind="probe", probe=place))
            assert answer["text"].endswith(
                f"({pixels[0, 0, 0]}, {pixels[0, 0, 1]}, {pixels[0, 0, 2]})"
            )


def get(address: str, path: str) -> tuple[int, Message, bytes]:
    """Ask for a path of the same server over HTTP."""
    host = urlsplit(address).netloc
    try:
        with urlopen(f"http://{host}{path}", timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as error:
        return error.code, error.headers, error.read()


def test_the_picture_of_a_token_is_served_to_this_page_only(address: str, token: str) -> None:
    status, headers, body = get(address, f"/{picture_url(token)}")
    assert status == 200
    assert headers["content-type"] == "image/png"  # so small a picture travels without loss
    np.testing.assert_array_equal(load_image(body), PICTURE)
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "private" in headers["cache-control"]


@pytest.mark.parametrize("token", ["AAAAAAAAAAAAAAAAAAAAAA", "..%2Fetc", "%00"])
def test_no_picture_without_its_token(address: str, token: str) -> None:
    assert get(address, f"/{picture_url(token)}")[0] == 404


def test_the_server_knows_all_questions_before_a_page_is_opened() -> None:
    script = (
        "import app.server\n"
        "from app.live.handlers import registered\n"
        "assert {'frame', 'maps', 'occlude'} <= set(registered().by_kind)"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)


def counted(name: str, **labels: str) -> float:
    return FIGURES.get_sample_value(name, labels) or 0.0


def test_answers_and_refusals_are_counted(client: ClientConnection, token: str) -> None:
    answered = counted("kernelscope_answer_seconds_count", kind="frame")
    refused = counted("kernelscope_refused_total", reason="UnknownTokenError")
    assert ask(client, question(token))["kind"] != "error"
    assert ask(client, question("unknown"))["kind"] == "error"
    assert counted("kernelscope_answer_seconds_count", kind="frame") == answered + 1
    assert counted("kernelscope_refused_total", reason="UnknownTokenError") == refused + 1
    assert counted("kernelscope_sockets") >= 1
