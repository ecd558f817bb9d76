"""Binary frames: a header in JSON and the pictures it speaks of, in one message.

Layout: 4 bytes, little-endian, length of the header; the header, UTF-8 JSON; then the blobs, one
after
the other. `header["blobs"]` lists `{"name", "type", "length"}` in that order. The live channel
sends
these over its socket and a page hands the same bytes to the same component, so there is one decoder
(components/shared/frame.js).
"""

import json
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """Some bytes in a frame: an encoded picture, or raw numbers."""

    name: str
    type: str
    data: bytes


def pack(header: Mapping[str, Any], blobs: Iterable[Blob] = ()) -> bytes:
    """Join a header and its blobs to one frame.

    >>> frame = pack({"sequence": 7}, [Blob(name="a", type="image/png", data=b"xyz")])
    >>> unpack(frame)
    ({'sequence': 7}, {'a': b'xyz'})
    """
    blobs = tuple(blobs)
    listed = [{"name": b.name, "type": b.type, "length": len(b.data)} for b in blobs]
    text = json.dumps({**header, "blobs": listed}, separators=(",", ":"), allow_nan=False).encode()
    return b"".join((struct.pack("<I", len(text)), text, *(blob.data for blob in blobs)))


def unpack(frame: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Take a frame apart again: the header without its list of blobs, and the blobs by name."""
    (length,) = struct.unpack_from("<I", frame)
    header = json.loads(frame[4 : 4 + length])
    at = 4 + length
    blobs = {}
    for listed in header.pop("blobs"):
        blobs[listed["name"]] = frame[at : at + listed["length"]]
        at += listed["length"]
    return header, blobs
