"""The link: which settings there are, how a session starts from one, how the address bar follows.

The catalogue says at start which lesson has which settings (`register`); the ones that every lesson
shares are here.

Some settings can be read and still mean nothing on the page: a class that the network does not
have, a pixel outside the picture. Which ones is known only where the page is drawn, so each lesson
says it (`Misfits`). There are two ways to get one, and they are told apart by when it is found:

- In the first run of a session, everything comes from the link: what does not fit is reported
  together with what could not be read (`take_unusable`), and takes its default.
- Later, a visitor has changed the network or the picture. Then the page shows the default without
  a word, the setting is kept for when they change it back, and the address leaves it out
  (`fitting`): a link has to open what is on the screen.
"""

from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st

from app.session.link_notice import Unusable
from app.session.settings import Misfits, Setting, by_key, merged, named
from cnn_core.errors import CnnCoreError
from cnn_core.samples import DEFAULT_SAMPLE, SAMPLES

UPLOAD_PREFIX = "upload-"
_RESTORED = "link_restored"
_UNUSABLE = "link_unusable"
_WRITTEN = "link_written"
MISSING_PAGE = "no_page"
"""The part of an address that says which page was asked for and is not there; no setting's key."""
_MISSING = "link_missing_page"
START = "start"
"""The start page's key. Its link carries it where it carries settings; see `app.old_links`."""


def _picture(text: str) -> str:
    if text in SAMPLES or (text.startswith(UPLOAD_PREFIX) and len(text) < 64):
        return text
    raise CnnCoreError(f"there is no sample called {text[:40]!r}.")


EVERYWHERE: Mapping[str, Setting] = by_key(
    Setting(key="picture", name="picture", default=DEFAULT_SAMPLE, read=_picture),
    Setting(
        key="classroom", name="classroom mode", default="0", read=named({"0": "off", "1": "on"})
    ),
)
"""Settings that every lesson's link carries."""

_lessons: Mapping[str, Mapping[str, Setting]] = {}
_misfits: Mapping[str, Misfits] = {}
_known: Mapping[str, Setting] = EVERYWHERE


def register(
    lessons: Mapping[str, Mapping[str, Setting]], misfits: Mapping[str, Misfits] | None = None
) -> None:
    """Say which settings each lesson has, by the lesson's key; replaces what was said before.

    Args:
        lessons: the settings.
        misfits: how lessons find those that do not fit what they show; by the lesson's key.

    Raises:
        ValueError: if two different settings have one key.
    """
    global _lessons, _misfits, _known
    _known = merged([EVERYWHERE, *lessons.values()])
    _lessons = MappingProxyType(dict(lessons))
    _misfits = MappingProxyType(dict(misfits or {}))


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


def restore() -> None:
    """At the start of a session, take the settings over from the link.

    What cannot be read has its default; `take_unusable` says which settings that are.
    """
    if _RESTORED in st.session_state:
        return
    st.session_state[_RESTORED] = True
    st.session_state[_MISSING] = st.query_params.get(MISSING_PAGE, "")
    unusable = []
    for key, one in known().items():
        texts = st.query_params.get_all(key) or [one.default]
        text = texts[0]
        try:
            one.read(text)
            if len(texts) > 1:
                raise CnnCoreError(f"it is in the link {len(texts)} times.")
        except CnnCoreError as error:
            unusable.append(Unusable(name=one.name, reason=str(error)))
            text = one.default
        st.session_state.setdefault(key, text)
    st.session_state[_UNUSABLE] = unusable


def take_missing_page() -> str:
    """Return the path that the visitor asked for and that is no lesson's; "" in later runs."""
    return str(st.session_state.pop(_MISSING, ""))


def take_unusable(lesson: str) -> list[Unusable]:
    """Return the link's settings that cannot be used, in the first run of a session; [] later.

    Those that do not fit what the lesson shows are put to their defaults.
    """
    if _UNUSABLE not in st.session_state:
        return []
    unusable: list[Unusable] = st.session_state.pop(_UNUSABLE)
    for key, reason in _misfits_of(lesson).items():
        st.session_state[key] = setting(key).default
        if reason:
            unusable.append(Unusable(name=setting(key).name, reason=reason))
    return unusable


def fitting(lesson: str) -> dict[str, str]:
    """Return the lesson's settings as text; what does not fit what it shows has its default."""
    defaults = {key: setting(key).default for key in _misfits_of(lesson)}
    return {**_texts_of(lesson), **defaults}


def publish(lesson: str) -> None:
    """Write the lesson's settings that differ from their defaults into the address bar.

    Those that do not fit what it shows are left out.
    """
    everywhere = {key: st.session_state[key] for key in EVERYWHERE}
    wanted = {
        key: text
        for key, text in {**everywhere, **fitting(lesson)}.items()
        if text != setting(key).default
    }
    if wanted and lesson == START:
        wanted = {START: "1", **wanted}
    # What the browser said its address is may be older than what the run before wrote there.
    written = st.session_state.get(_WRITTEN, wanted)
    if _address() != wanted or written != wanted:
        st.query_params.from_dict(wanted)
    st.session_state[_WRITTEN] = wanted


def _address() -> dict[str, str] | None:
    """Return what the address bar says; None while a run that was given up still writes there."""
    try:
        return dict(st.query_params.to_dict())
    except KeyError:
        return None


def _texts_of(lesson: str) -> dict[str, str]:
    return {key: str(st.session_state[key]) for key in _lessons[lesson]}


def _misfits_of(lesson: str) -> Mapping[str, str]:
    found = _misfits.get(lesson)
    return found(_texts_of(lesson)) if found else {}
