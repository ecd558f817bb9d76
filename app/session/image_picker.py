"""The picture in use: a sample, an upload or a camera shot, the same on every page."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import streamlit as st

from app.caching import MIB, cached
from app.drawing.encode import at_least, encode_for_screen
from app.live.image_store import STORE, UnknownTokenError
from app.session import state
from app.session.link import UPLOAD_PREFIX
from app.session.visitor import visitor
from cnn_core.errors import CnnCoreError
from cnn_core.images import digest, load_image
from cnn_core.samples import DEFAULT_SAMPLE, SAMPLES, load_sample

_TOKENS = "tokens"
_OWN = "own_pictures"
_CHOICE = "sample_choice"
YOURS = "Your picture"
FROM_LINK = "Picture from the link"
"""What a picture is called that a link opened: somebody else's, or one from an older session."""
OWN_KEPT = 5
"""So many of a visitor's own pictures stay in the list, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture in use.

    Attributes:
        name: what to call it.
        token: how the live channel addresses it, for this session.
        digest: fingerprint of its pixels, for caches.
        pixels: uint8 (H, W, 3), read-only.
    """

    name: str
    token: str
    digest: str
    pixels: np.ndarray = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPicture:
    """A picture that this visitor brought; the session keeps it whatever the store lets go.

    Attributes:
        setting: the text of the setting "picture" that stands for it.
        name: the file's name, or where it comes from.
        pixels: uint8 (H, W, 3), read-only.
    """

    setting: str
    name: str
    pixels: np.ndarray = field(repr=False)


def own_pictures() -> tuple[OwnPicture, ...]:
    """Return this visitor's own pictures, the newest first."""
    own: tuple[OwnPicture, ...] = state.recall(_OWN, ())
    return own


def current_picture() -> Picture:
    """Return the picture in use; for an upload that is gone, the default and a line."""
    STORE.visit(visitor())
    choice = state.text("picture")
    if choice.startswith(UPLOAD_PREFIX):
        if upload := _uploaded(choice.removeprefix(UPLOAD_PREFIX)):
            return upload
        state.put({"picture": DEFAULT_SAMPLE})
        state.notify(
            "The picture of this link is no longer held here (pictures stay in memory only); "
            f"{SAMPLES[DEFAULT_SAMPLE].name} is shown instead. Upload it again to go on with it."
        )
        choice = DEFAULT_SAMPLE
    return _held(choice, SAMPLES[choice].name, load_sample(choice))


def picture_of(digest: str) -> Picture:
    """Look up, inside a fragment, the picture that the page was drawn with.

    A fragment keeps the arguments it was called with, and the store may have let a token go since;
    so a fragment is given the digest. Where another picture is in use now, the whole page runs.
    """
    picture = current_picture()
    if picture.digest != digest:
        st.rerun()
    return picture


def use_upload(data: bytes, name: str) -> bool:
    """Take over an uploaded file; returns whether it could be used, and says why not."""
    try:
        pixels = load_image(data)
    except CnnCoreError as error:
        state.notify(f"{error} The picture in use stays.")
        return False
    token = STORE.put(pixels, owner=visitor())
    _remember(token, name)
    state.put({"picture": f"{UPLOAD_PREFIX}{token}"})
    return True


def _remember(token: str, name: str) -> OwnPicture:
    """Put a picture first in the list; the same pixels are listed once."""
    stored = STORE.get(token)
    newest = OwnPicture(setting=f"{UPLOAD_PREFIX}{token}", name=name, pixels=stored.pixels)
    others = [one for one in own_pictures() if not np.array_equal(one.pixels, stored.pixels)]
    state.keep(_OWN, (newest, *others)[:OWN_KEPT])
    return newest


@cached(max_bytes=8 * MIB)
def preview(digest: str, _image: np.ndarray) -> bytes:
    """Return the picture for the sidebar; `st.image` would pack the array anew in every run."""
    return encode_for_screen(at_least(_image))[0]


def image_picker() -> None:
    """Show the picture in use and the ways to change it."""
    picture = current_picture()
    st.image(preview(picture.digest, picture.pixels), width="stretch")
    height, width = picture.pixels.shape[:2]
    st.caption(f"{picture.name} · {height} × {width} × 3")
    own = {one.setting: f"{YOURS}: {one.name}" for one in own_pictures()}
    own |= {one.setting: FROM_LINK for one in own_pictures() if one.name == FROM_LINK}
    names = {**own, **{key: sample.name for key, sample in SAMPLES.items()}}
    chosen = state.text("picture")
    st.session_state[_CHOICE] = chosen
    st.selectbox(
        "Picture",
        list(names),
        key=_CHOICE,
        format_func=lambda key: names[key],
        on_change=_choose,
    )
    st.file_uploader(
        "Your own picture",
        key="upload_file",
        type=["png", "jpg", "jpeg", "webp", "gif", "bmp", "tif", "tiff", "avif", "heic", "heif"],
        on_change=_choose_upload,
        help="It stays in this server's memory for some hours; a link to it works as long.",
    )
    with st.popover("Camera", icon=":material/photo_camera:", width="stretch"):
        st.camera_input("Take a picture", key="camera_shot", on_change=_choose_shot)


def picture_shortcuts(keys: Sequence[str]) -> None:
    """Show a row of samples that suit a page, to start from."""
    current = state.text("picture")
    with st.container(horizontal=True, gap="small"):
        for key in keys:
            st.button(
                SAMPLES[key].name,
                key=f"start_{key}",
                help=SAMPLES[key].note,
                type="primary" if key == current else "secondary",
                on_click=state.put,
                args=({"picture": key},),
            )


def _choose() -> None:
    state.put({"picture": st.session_state[_CHOICE]})


def _choose_upload() -> None:
    if file := st.session_state["upload_file"]:
        use_upload(file.getvalue(), file.name)


def _choose_shot() -> None:
    if shot := st.session_state["camera_shot"]:
        use_upload(shot.getvalue(), "camera")


def _uploaded(token: str) -> Picture | None:
    """Find an upload: in the store, or in this session if the store had to let it go."""
    setting = f"{UPLOAD_PREFIX}{token}"
    kept = next((one for one in own_pictures() if one.setting == setting), None)
    try:
        stored = STORE.get(token)
    except UnknownTokenError:
        if kept is None:
            return None
        token = STORE.put(kept.pixels, owner=visitor())
        stored = STORE.get(token)
        back = replace(kept, setting=f"{UPLOAD_PREFIX}{token}")
        state.keep(_OWN, tuple(back if one is kept else one for one in own_pictures()))
        state.put({"picture": back.setting})
    else:
        if kept is None:
            # A picture of this visitor that the session did not take over was kept on the socket.
            is_own = STORE.owner_of(token) == visitor()
            kept = _remember(token, "live camera" if is_own else FROM_LINK)
    name = FROM_LINK if kept.name == FROM_LINK else YOURS
    return Picture(name=name, token=token, digest=stored.digest, pixels=stored.pixels)


def _held(key: str, name: str, pixels: np.ndarray) -> Picture:
    """Give a sample its token for this session."""
    tokens: dict[str, str] = state.recall(_TOKENS, {})
    try:
        stored = STORE.get(tokens.get(key, ""))
    except UnknownTokenError:
        tokens = {**tokens, key: STORE.put(pixels, owner=visitor())}
        state.keep(_TOKENS, tokens)
        return Picture(name=name, token=tokens[key], digest=digest(pixels), pixels=pixels)
    return Picture(name=name, token=tokens[key], digest=stored.digest, pixels=stored.pixels)
