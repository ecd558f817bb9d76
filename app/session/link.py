"""The link: which settings there are, how a session starts from one, how the address bar follows.

The catalogue says at start which lesson has which settings (`register`); the ones that every lesson
shares stand here.
"""

from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st

from app.session.settings import Setting, by_key, merged, one_of
from cnn_core.errors import CnnCoreError
from cnn_core.samples import DEFAULT_SAMPLE, SAMPLES

UPLOAD_PREFIX = "upload-"
_RESTORED = "link_restored"
_WRITTEN = "link_written"


def _picture(text: str) -> str:
    if text in SAMPLES or (text.startswith(UPLOAD_PREFIX) and len(text) < 64):
        return text
    raise CnnCoreError(f"there is no sample called {text[:40]!r}.")


EVERYWHERE: Mapping[str, Setting] = by_key(
    Setting(key="picture", name="picture", default=DEFAULT_SAMPLE, read=_picture),
    Setting(key="classroom", name="classroom mode", default="0", read=one_of("0", "1")),
)
"""Settings that every lesson's link carries."""

_lessons: Mapping[str, Mapping[str, Setting]] = {}
_known: Mapping[str, Setting] = EVERYWHERE


def register(lessons: Mapping[str, Mapping[str, Setting]]) -> None:
    """Say which settings each lesson has, by the lesson's key; replaces what was said before.

    Raises:
        ValueError: if two different settings have one key.
    """
    global _lessons, _known
    _known = merged([EVERYWHERE, *lessons.values()])
    _lessons = MappingProxyType(dict(lessons))


def known() -> Mapping[str, Setting]:
    """Return every setting there is, by key."""
    return _known


def setting(key: str) -> Setting:
    """Return one setting.

    Raises:
        LookupError: if no lesson has it.
    """
    if key not in _known:
        raise LookupError(f"No lesson has a setting called {key[:40]!r}.")
    return _known[key]


def restore() -> list[str]:
    """At the start of a session, take the settings over from the link.

    Returns:
        The names of the settings in the link that could not be read and have their default.
    """
    if _RESTORED in st.session_state:
        return []
    st.session_state[_RESTORED] = True
    unusable = []
    for key, one in known().items():
        text = st.query_params.get(key, one.default)
        try:
            one.read(text)
        except CnnCoreError:
            unusable.append(one.name)
            text = one.default
        st.session_state.setdefault(key, text)
    return unusable


def publish(lesson: str) -> None:
    """Write the lesson's settings that differ from their defaults into the address bar."""
    wanted = {
        key: st.session_state[key]
        for key, one in merged([EVERYWHERE, _lessons[lesson]]).items()
        if st.session_state[key] != one.default
    }
    # What the browser said its address is may be older than what the run before wrote there.
    written = st.session_state.get(_WRITTEN, wanted)
    if st.query_params.to_dict() != wanted or written != wanted:
        st.query_params.from_dict(wanted)
    st.session_state[_WRITTEN] = wanted
