"""Draws what stands below a lesson's stage."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

import streamlit as st

from app.browser.attempt_list import Offer, attempt_list
from app.guide.attempts import Attempt, offered
from app.guide.claims import Claim, shown
from app.guide.guide import Guide
from app.guide.programs import Program
from app.session import state

_S = TypeVar("_S")
_ATTEMPTS = "attempts"
NOTES = "guide_notes"
"""The class of the columns, which `app.style` stacks where a line would be too short to read."""


def notice_and_try(
    guide: Guide[_S],
    situation: _S,
    *,
    widths: Sequence[int] = (1, 1),
    beside: Callable[[], None] | None = None,
) -> None:
    """Show the claims that hold and the changes on offer, side by side.

    Args:
        guide: the lesson's.
        situation: what is on the screen.
        widths: of the columns, in shares.
        beside: draws what is in a third column, if there is one.
    """
    with st.container(key=NOTES):
        notice, attempt, *others = st.columns(widths, gap="medium")
    with notice:
        what_to_notice(guide.claims, situation)
    with attempt:
        try_this(guide.attempts, situation)
    if beside:
        with others[0]:
            beside()


def what_to_notice(claims: Iterable[Claim[_S]], situation: _S) -> None:
    """List the claims that hold."""
    st.subheader("What to notice", anchor=False)
    sentences = (claim.sentence(situation) for claim in shown(claims, situation))
    st.markdown("\n".join(f"- {sentence}" for sentence in sentences))


def try_this(attempts: Iterable[Attempt[_S]], situation: _S) -> None:
    """Offer changes: a button for each, and what it will show."""
    st.subheader("Try this", anchor=False)
    offers = [
        Offer(
            key=attempt.key,
            label=attempt.label,
            outcome=attempt.outcome,
            changes=dict(attempt.changes(situation)),
        )
        for attempt in offered(attempts, situation)
    ]
    attempt_list(offers, key=_ATTEMPTS, on_change=_take_over)


def the_same_as_a_program(
    programs: Iterable[Program], others: Mapping[str, Callable[[], None]] | None = None
) -> None:
    """Show each program in a tab of its own, and behind them what else there is to take away."""
    programs, others = tuple(programs), others or {}
    tabs = st.tabs([*(f"The same in {one.title}" for one in programs), *others])
    for tab, program in zip(tabs, programs, strict=False):
        with tab:
            st.code(program.code, language="python")
    for tab, draw in zip(tabs[len(programs) :], others.values(), strict=True):
        with tab:
            draw()


def _take_over() -> None:
    state.put(state.changes_of(_ATTEMPTS))
