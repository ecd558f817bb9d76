"""Draws what stands below a lesson's stage."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import streamlit as st

from app.guide.attempts import Attempt, offered
from app.guide.claims import Claim, shown
from app.guide.programs import Program
from app.session import state

_S = TypeVar("_S")


def what_to_notice(claims: Iterable[Claim[_S]], situation: _S) -> None:
    """List the claims that hold."""
    st.subheader("What to notice", anchor=False)
    sentences = (claim.sentence(situation) for claim in shown(claims, situation))
    st.markdown("\n".join(f"- {sentence}" for sentence in sentences))


def try_this(attempts: Iterable[Attempt[_S]], situation: _S) -> None:
    """Offer changes: a button for each, and what it will show; one that is made is disabled."""
    st.subheader("Try this", anchor=False)
    with st.container(key="try_this"):
        for attempt in offered(attempts, situation):
            changes = attempt.changes(situation)
            st.button(
                attempt.label,
                key=f"try_{attempt.key}",
                on_click=state.put,
                args=(changes,),
                disabled=all(state.text(key) == text for key, text in changes.items()),
            )
            st.caption(attempt.outcome)


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
