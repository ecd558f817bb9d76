"""A setting that is added to the Kernel lab's list is everywhere without any other change."""

import sys
from collections.abc import Iterator, Mapping

import numpy as np
import pytest

import app.lessons.kernel_lab.page  # noqa: F401  reads the list of settings when it is imported
from app import catalogue
from app.catalogue import LESSONS
from app.drawing.frame import unpack
from app.lessons.kernel_lab import settings as kernel_lab
from app.lessons.kernel_lab.live_drawing import draw_frames
from app.lessons.kernel_lab.questions import FrameQuestion
from app.session import link
from app.session.control import Slider
from app.session.settings import Setting, by_key, whole
from tests.app.components import component_data
from tests.app.opening import opened

ADDED = Setting(
    key="brightness",
    name="brightness",
    default="0",
    read=whole(0, 100),
    control=Slider(label="Brightness", min=0, max=100, help="Made up for this test"),
    argument="bias",
)


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> Iterator[Setting]:
    """The Kernel lab with a brightness that takes the part of the bias."""
    before = kernel_lab.SETTINGS
    after = by_key(*before.values(), ADDED)  # the last with an argument gives its value
    holders = [
        module
        for name, module in list(sys.modules.items())
        if name.startswith("app.") and getattr(module, "SETTINGS", None) is before
    ]
    for module in holders:
        monkeypatch.setattr(module, "SETTINGS", after)
    registered: dict[str, Mapping[str, Setting]] = {one.key: one.settings for one in LESSONS}
    link.register({**registered, "kernel_lab": after})
    yield ADDED
    catalogue.register()


def rows_shown(query: Mapping[str, str]) -> dict[str, dict[str, object]]:
    """Open the page; return the rows of its control panels, by key."""
    test = opened("kernel_lab", **query)
    assert not test.exception
    panels = [data for data in component_data(test) if isinstance(data, dict)]
    return {row["key"]: row for panel in panels for row in panel.get("rows", ())}


def test_it_appears_as_a_control_with_the_value_of_the_link(added: Setting) -> None:
    row = rows_shown({"brightness": "70"})["brightness"]
    assert row["kind"] == "range"
    assert (row["label"], row["min"], row["max"], row["step"]) == ("Brightness", 0, 100, 1)
    assert (row["value"], row["default"]) == ("70", "0")


def test_it_stays_in_the_address(added: Setting) -> None:
    assert opened("kernel_lab", brightness="70").query_params["brightness"] == "70"
    assert "brightness" not in opened("kernel_lab").query_params


def test_a_live_message_with_it_is_drawn_and_goes_back_with_the_frame(added: Setting) -> None:
    picture = np.zeros((8, 8, 3), np.uint8)
    settings: dict[str, str | int | float] = {"kernel": "1", "brightness": "70"}
    question = FrameQuestion(sequence=1, token="x", settings=settings)
    header, _ = unpack(draw_frames(question, picture).first)
    assert header["settings"] == {"kernel": "1", "brightness": "70"}
    panel = next(one for one in header["panels"] if one["key"] == "response")
    assert panel["legend"]["range"] == "all values are 70"


def test_every_setting_but_the_kernel_has_a_control() -> None:
    shown = rows_shown({})
    assert set(shown) == {*kernel_lab.SETTINGS, "formula"} - {"kernel"}
