"""The picture in use: a sample, an upload or a camera shot, the same on every page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import streamlit as st

from app.caching import MIB, cached
from app.drawing.encode import at_least, encode_for_screen
from app.live.image_store import STORE, UnknownTokenError
from app.session import state
from app.session.link import UPLOAD_PREFIX
from cnn_core.errors import CnnCoreError
from cnn_core.images import digest, load_image
from cnn_core.samples import DEFAULT_SAMPLE, SAMPLES, load_sample

_TOKENS = "tokens"
_UPLOAD = "upload"
_CHOICE = "sample_choice"
YOURS = "Your picture"


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


def current_picture() -> Picture:
    """Return the picture in use; for an upload that is gone, the default and a line."""
    choice = state.text("picture")
    if choice.startswith(UPLOAD_PREFIX):
        if upload := _uploaded(choice.removeprefix(UPLOAD_PREFIX)):
            return upload
        state.put({"picture": DEFAULT_SAMPLE})
        state.notify(
            "The picture of this link is no longer held here (pictures stay in memory only); "
            f"{SAMPLES[DEFAULT_SAMPLE].name} stands in for it."
        )
        choice = DEFAULT_SAMPLE
    return _held(choice, SAMPLES[choice].name, load_sample(choice))


def in_use(picture: Picture) -> bool:
    """Whether this is still the picture in use."""
    return current_picture().digest == picture.digest


def use_upload(data: bytes) -> bool:
    """Take over an uploaded file; returns whether it could be used, and says why not."""
    try:
        pixels = load_image(data)
    except CnnCoreError as error:
        state.notify(f"{error} The picture in use stays.")
        return False
    token = STORE.put(pixels)
    state.keep(_UPLOAD, (token, pixels))
    state.put({"picture": f"{UPLOAD_PREFIX}{token}"})
    return True


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
    is_upload = state.text("picture").startswith(UPLOAD_PREFIX)
    options = ([YOURS] if is_upload else []) + list(SAMPLES)
    st.session_state[_CHOICE] = YOURS if is_upload else state.text("picture")
    st.selectbox(
        "Picture",
        options,
        key=_CHOICE,
        format_func=lambda key: SAMPLES[key].name if key in SAMPLES else key,
        on_change=_choose_sample,
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


def _choose_sample() -> None:
    choice = st.session_state[_CHOICE]
    if choice in SAMPLES:
        state.put({"picture": choice})


def _choose_upload() -> None:
    if file := st.session_state["upload_file"]:
        use_upload(file.getvalue())


def _choose_shot() -> None:
    if shot := st.session_state["camera_shot"]:
        use_upload(shot.getvalue())


def _uploaded(token: str) -> Picture | None:
    """Find an upload: in the store, or in this session if the store had to let it go."""
    kept = state.recall(_UPLOAD)
    try:
        stored = STORE.get(token)
    except UnknownTokenError:
        if kept is None or kept[0] != token:
            return None
        token = STORE.put(kept[1])
        state.keep(_UPLOAD, (token, kept[1]))
        state.put({"picture": f"{UPLOAD_PREFIX}{token}"})
        stored = STORE.get(token)
    return Picture(name=YOURS, token=token, digest=stored.digest, pixels=stored.pixels)


def _held(key: str, name: str, pixels: np.ndarray) -> Picture:
    """Give a sample its token for this session."""
    tokens: dict[str, str] = state.recall(_TOKENS, {})
    try:
        stored = STORE.get(tokens.get(key, ""))
    except UnknownTokenError:
        tokens = {**tokens, key: STORE.put(pixels)}
        state.keep(_TOKENS, tokens)
        return Picture(name=name, token=tokens[key], digest=digest(pixels), pixels=pixels)
    return Picture(name=name, token=tokens[key], digest=stored.digest, pixels=stored.pixels)
