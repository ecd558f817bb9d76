"""What this session holds: settings as text, what else is kept for it, lines to be shown.

A setting is text in the session and in the link; `app.session.settings.Setting` reads it. What a
widget or a component holds on the browser's side is copied here as soon as it changes, so leaving a
page loses nothing. `app.session.link` says which settings there are and carries them in the address
bar.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from app.session import link
from cnn_core.errors import CnnCoreError

_NOTICES = "notices"
_TAKEN = "taken_"


def text(key: str) -> str:
    """Return a setting as its text."""
    return str(st.session_state[key])


def texts(keys: Iterable[str]) -> dict[str, str]:
    """Return several settings as text, by key; give it a lesson's `SETTINGS`."""
    return {key: text(key) for key in keys}


def put(changes: Mapping[str, object]) -> None:
    """Change settings; a value that cannot be used is noted for the reader, and the old one stays.

    Raises:
        LookupError: if there is no such setting; nothing is changed then.
    """
    known = {key: link.setting(key) for key in changes}
    for key, value in changes.items():
        try:
            known[key].read(str(value))
        except CnnCoreError as error:
            notify(str(error))
        else:
            st.session_state[key] = str(value)


def reset(keys: Iterable[str]) -> None:
    """Put settings back to their defaults."""
    for key in keys:
        st.session_state[key] = link.setting(key).default


def recall(key: str, default: Any = None) -> Any:
    """Return something kept for this session that is not part of the link."""
    return st.session_state.get(f"kept_{key}", default)


def keep(key: str, value: Any) -> None:
    """Keep something for this session that is not part of the link."""
    st.session_state[f"kept_{key}"] = value


def reports_of(component_key: str) -> list[dict[str, Any]]:
    """Take over what the reader changed in a component since the last call, in order.

    A component stamps each report, and repeats with the newest those that it does not know to be
    taken over (`app/browser/report.js`); each is given out once.
    """
    newest = (st.session_state.get(component_key) or {}).get("changes") or {}
    taken, reports = taken_of(component_key), []
    for one in (*newest.get("earlier", ()), newest):
        stamp = one.get("stamp")
        if isinstance(stamp, int | float):
            if stamp <= taken:
                continue
            taken = stamp
        reports.append({name: one[name] for name in one if name not in ("stamp", "earlier")})
    keep(f"{_TAKEN}{component_key}", taken)
    return reports


def taken_of(component_key: str) -> float:
    """Return the stamp of the last report of a component that was taken over, 0 if none was."""
    return float(recall(f"{_TAKEN}{component_key}", 0))


def changes_of(component_key: str) -> dict[str, Any]:
    """Take over what the reader changed in a component, as `reports_of`, as one; {} if nothing."""
    return {name: value for one in reports_of(component_key) for name, value in one.items()}


def notify(sentence: str) -> None:
    """Have one line shown to the reader in this run or the next."""
    st.session_state.setdefault(_NOTICES, []).append(sentence)


def take_notices() -> list[str]:
    """Return the lines to show, and forget them."""
    notices: list[str] = st.session_state.pop(_NOTICES, [])
    return list(dict.fromkeys(notices))
