"""What components report, with repeats of what they do not know to be taken over."""

from collections.abc import Callable
from typing import Any

import pytest
import streamlit as st

from app.lessons.kernel_lab.kernel_edits import commit_changes
from app.lessons.step_by_step.edits import take_over
from app.session import link, state
from cnn_core.samples import load_sample
from tests.app.opening import opened

Reporting = Callable[..., None]


@pytest.fixture
def report(monkeypatch: pytest.MonkeyPatch) -> Reporting:
    """Play the browser for a component called "part", in a session with all defaults."""
    session: dict[str, Any] = {key: one.default for key, one in link.known().items()}
    monkeypatch.setattr(st, "session_state", session)

    def send(*earlier: dict[str, Any], **newest: Any) -> None:
        repeats = {"earlier": list(earlier)} if earlier else {}
        session["part"] = {"changes": {**newest, **repeats}}

    return send


def test_a_report_is_given_out_once_however_often_it_is_repeated(report: Reporting) -> None:
    report(stamp=5, stride="2")
    assert state.changes_of("part") == {"stride": "2"}
    report({"stride": "2", "stamp": 5}, stamp=7)
    assert state.reports_of("part") == [{}]
    assert state.taken_of("part") == 7
    assert state.reports_of("part") == []


def test_a_report_that_never_arrived_comes_with_the_next_one(report: Reporting) -> None:
    report({"scope": "map", "stamp": 3}, stamp=4)
    assert state.changes_of("part") == {"scope": "map"}


def test_the_newest_of_two_reports_on_one_setting_is_the_one_that_stays(report: Reporting) -> None:
    report({"stride": "2", "stamp": 3}, stamp=4, stride="3")
    assert state.changes_of("part") == {"stride": "3"}


def test_each_component_counts_its_own_reports(report: Reporting) -> None:
    report(stamp=5, stride="2")
    state.reports_of("part")
    assert state.taken_of("other") == 0


def test_operations_on_the_kernel_that_come_together_are_done_one_after_the_other(
    report: Reporting,
) -> None:
    state.put({"kernel": "1,2"})
    report({"operation": "rotate", "stamp": 1}, stamp=2, operation="rotate")
    commit_changes("part")
    assert state.text("kernel") == "2,1"


def test_actions_of_step_by_step_that_come_together_are_all_done(report: Reporting) -> None:
    report(
        {"do": "set", "key": "walk_stride", "text": "2", "stamp": 1},
        {"stamp": 2},
        stamp=3,
        do="set",
        key="walk_padding",
        text="1",
    )
    take_over("part", load_sample("mandrill"))
    assert (state.text("walk_stride"), state.text("walk_padding")) == ("2", "1")


def test_a_component_is_told_what_was_taken_over() -> None:
    test = opened("kernel_lab")
    test.session_state["kept_taken_lab_painter"] = 12.0
    test.run()
    given = [one.proto.json for one in test.get("bidi_component")]
    assert sum('"taken":12' in text.replace(" ", "") for text in given) == 1
