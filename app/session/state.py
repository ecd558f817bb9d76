"""Every session-state key and URL parameter, and how the address bar follows them.

A setting is text in the session and in the link; `session.settings.Field` reads it. What a widget
or a component holds on the browser's side is copied here as soon as it changes, so leaving a page
loses nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import streamlit as st

from app.lessons.kernel_lab import settings as lab_spec
from app.lessons.kernel_lab.settings import LabSpec
from app.lessons.look_at import settings as attention_spec
from app.lessons.step_by_step import settings as walk_spec
from app.networks import settings as explorer_spec
from app.session.settings import Field, one_of, whole
from cnn_core.errors import CnnCoreError
from cnn_core.samples import DEFAULT_SAMPLE, SAMPLES

EVERYWHERE = ""
UPLOAD_PREFIX = "upload-"
LOOKS = ("rgb", "red", "green", "blue", "gray")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A field, and the page it belongs to (`EVERYWHERE` for the ones all pages share).

    `also` is a second page whose link carries it.
    """

    field: Field
    page: str
    also: str | None = None


def _picture(text: str) -> str:
    if text in SAMPLES or (text.startswith(UPLOAD_PREFIX) and len(text) < 64):
        return text
    raise CnnCoreError(f"there is no sample called {text[:40]!r}.")


def _pixel(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    parts = text.split(",")
    if len(parts) != 2:
        raise CnnCoreError(f"it is a row and a column, as in 120,64, not {text[:40]!r}.")
    row, column = (whole(0, 9999)(part) for part in parts)
    return row, column


_ALL = (
    Setting(
        field=Field(key="picture", name="picture", default=DEFAULT_SAMPLE, read=_picture),
        page=EVERYWHERE,
    ),
    Setting(
        field=Field(key="classroom", name="classroom mode", default="0", read=one_of("0", "1")),
        page=EVERYWHERE,
    ),
    Setting(
        field=Field(key="look", name="look", default="rgb", read=one_of(*LOOKS)), page="pictures"
    ),
    Setting(
        field=Field(key="cells", name="patch size", default="8", read=whole(1, 16)), page="pictures"
    ),
    Setting(field=Field(key="at", name="held pixel", default="", read=_pixel), page="pictures"),
    Setting(
        field=Field(key="tint", name="tint", default="tinted", read=one_of("tinted", "gray")),
        page="pictures",
    ),
    *(Setting(field=field, page="kernel_lab") for field in lab_spec.FIELDS.values()),
    *(Setting(field=field, page="step_by_step") for field in walk_spec.FIELDS.values()),
    *(
        Setting(field=field, page="inside_cnn", also="look_at")
        for field in explorer_spec.FIELDS.values()
    ),
    *(Setting(field=field, page="look_at") for field in attention_spec.FIELDS.values()),
)
SETTINGS: Mapping[str, Setting] = MappingProxyType({s.field.key: s for s in _ALL})

PAGES_KEPT = "pages"
_RESTORED = "link_restored"
_NOTICES = "notices"


def restore() -> None:
    """At the start of a session, take the settings over from the link; note what cannot be used."""
    if _RESTORED in st.session_state:
        return
    st.session_state[_RESTORED] = True
    unusable = []
    for key, setting in SETTINGS.items():
        text = st.query_params.get(key, setting.field.default)
        try:
            setting.field.read(text)
        except CnnCoreError:
            unusable.append(setting.field.name)
            text = setting.field.default
        st.session_state.setdefault(key, text)
    if unusable:
        notify(
            f"The link's {_listed(unusable)} could not be read, so the usual setting stands there."
        )


def publish(page: str) -> None:
    """Write the settings of this page that differ from their defaults into the address bar."""
    wanted = {
        key: st.session_state[key]
        for key, setting in SETTINGS.items()
        if (setting.page == EVERYWHERE or page in (setting.page, setting.also))
        and st.session_state[key] != setting.field.default
    }
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def text(key: str) -> str:
    """Return a setting as its text."""
    return str(st.session_state[key])


def put(changes: Mapping[str, object]) -> None:
    """Change settings that came from the browser; one that cannot be used is noted and left."""
    for key, value in changes.items():
        if key not in SETTINGS:
            continue
        try:
            SETTINGS[key].field.read(str(value))
        except CnnCoreError as error:
            notify(str(error))
        else:
            st.session_state[key] = str(value)


def lab_texts() -> dict[str, str]:
    """Return the Kernel lab's settings as text."""
    return {key: text(key) for key in lab_spec.FIELDS}


def lab() -> LabSpec:
    """Return the Kernel lab's settings, read and checked."""
    return lab_spec.read_spec(lab_texts())


def walk_texts() -> dict[str, str]:
    """Return the settings of Step by step as text."""
    return {key: text(key) for key in walk_spec.FIELDS}


def reset_walk() -> None:
    """Put the settings of Step by step that shape a walk back to their defaults."""
    for key in walk_spec.SHAPING:
        st.session_state[key] = walk_spec.FIELDS[key].default


def explorer_texts() -> dict[str, str]:
    """Return the settings of Inside a CNN as text."""
    return {key: text(key) for key in explorer_spec.FIELDS}


def held_pixel(shape: tuple[int, ...]) -> tuple[int, int] | None:
    """Return the pixel the magnifier is held at, if it lies in a picture of this shape."""
    held: tuple[int, int] | None = SETTINGS["at"].field.read(text("at"))
    return held if held and held[0] < shape[0] and held[1] < shape[1] else None


def segmented(key: str, label: str, names: Mapping[str, str]) -> str:
    """Show a setting as a row of words and return the chosen one's text."""
    widget = f"segmented_{key}"
    st.session_state[widget] = text(key)
    st.segmented_control(
        label,
        list(names),
        key=widget,
        format_func=lambda word: names[word],
        label_visibility="collapsed",
        # A second click on the chosen word would choose nothing; the setting stays then.
        on_change=lambda: put({key: st.session_state[widget] or text(key)}),
    )
    return text(key)


def selected(
    key: str, label: str, options: Sequence[str], name: Callable[[str], str], *, shown: str
) -> None:
    """Show a setting as a list that can be searched; `shown` stands chosen."""
    widget = f"selected_{key}"
    st.session_state[widget] = shown

    def changed() -> None:
        put({key: st.session_state[widget]})

    st.selectbox(label, options, key=widget, format_func=name, on_change=changed)


def counted(key: str, label: str, *, most: int, shown: int) -> None:
    """Show a setting as a whole number from 0 to `most`."""
    widget = f"counted_{key}"
    st.session_state[widget] = shown

    def changed() -> None:
        put({key: st.session_state[widget]})

    st.number_input(label, 0, most, key=widget, on_change=changed)


def classroom() -> bool:
    """Whether everything is enlarged for a projector."""
    return text("classroom") == "1"


def dark() -> bool:
    """Whether the reader's theme is dark, as far as the browser has said."""
    return st.context.theme.type == "dark"


def recall(key: str, default: Any = None) -> Any:
    """Return something kept for this session that is not part of the link."""
    return st.session_state.get(f"kept_{key}", default)


def keep(key: str, value: Any) -> None:
    """Keep something for this session that is not part of the link."""
    st.session_state[f"kept_{key}"] = value


def component_value(key: str, name: str) -> Any:
    """Return what a component reported last under `name`, None if nothing."""
    return (st.session_state.get(key) or {}).get(name)


def open_page(key: str) -> None:
    """Go to another page, by its key in the catalogue; the settings in the session go along."""
    st.switch_page(recall(PAGES_KEPT)[key])


def notify(sentence: str) -> None:
    """Have one line shown to the reader in this run or the next."""
    st.session_state.setdefault(_NOTICES, []).append(sentence)


def take_notices() -> list[str]:
    """Return the lines to show, and forget them."""
    notices: list[str] = st.session_state.pop(_NOTICES, [])
    return list(dict.fromkeys(notices))


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
