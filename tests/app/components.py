"""What components are given, as the browser finds it: in the message or by its address."""

import json
from collections.abc import Iterator
from typing import Any

from streamlit.testing.v1 import AppTest

from app.live.published import JSON, published

OF_NO_LESSON = ("kernelscope_guard", "kernelscope_toolbar", "kernelscope_attempt_list")


def component_data(test: AppTest) -> Iterator[dict[str, Any] | bytes]:
    """Give the data of every component of a lesson, in order: objects, or the bytes of frames."""
    for one in test.get("bidi_component"):
        data = json.loads(one.proto.json or "{}")
        if one.proto.component_name in OF_NO_LESSON:
            continue  # on every page, and of no lesson
        if "address" not in data:
            yield data
            continue
        found = published(data["address"])
        assert found is not None
        yield json.loads(found[0]) if found[1] == JSON else found[0]
