"""The picture in use: a sample, an upload or a camera shot, the same on every page."""

from collections.abc import Sequence
from html import escape

import numpy as np
import streamlit as st

from app.live.image_store import STORE, UnknownTokenError, picture_url, sample_url
from app.session import state
from app.session.link import UPLOAD_PREFIX
from app.session.link_notice import escape_markdown
from app.session.own_pictures import (
    OwnPicture,
    Version,
    at_other_size,
    held,
    load_own,
    own_picture_of,
    own_pictures,
    remember,
)
from app.session.picture import FROM_LINK, LARGER_SIDE, MAX_SIDE, YOURS, Picture
from app.session.picture_words import changes_text, short_name, size_text
from app.session.visitor import visitor
from cnn_core.errors import CnnCoreError
from cnn_core.images import digest
from cnn_core.images.changes import Reduced
from cnn_core.images.formats import FORMATS
from cnn_core.samples import DEFAULT_SAMPLE, SAMPLES, load_sample

_TOKENS = "tokens"
CHIP = "picture_chip"
_LARGER = "picture_larger"
_REFUSED = "refused_upload"
CAMERA_PX = 250
"""Width of the camera's picture: with its button it fits beside the sidebar, and on a phone."""
_LISTED = 18  # characters of a name that the list has room for


def current_picture() -> Picture:
    """Return the picture in use; for an upload that is gone, the default and a line."""
    STORE.visit(visitor())
    choice = state.text("picture")
    if choice.startswith(UPLOAD_PREFIX):
        if upload := _uploaded(choice.removeprefix(UPLOAD_PREFIX)):
            return upload
        state.put({"picture": DEFAULT_SAMPLE})
        state.notify(
            "This picture is no longer here: uploaded pictures are never saved, and are forgotten "
            f"after some hours or a restart. {SAMPLES[DEFAULT_SAMPLE].name} is shown instead. "
            "If it is yours, upload it again."
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
        own = load_own(data, name)
    except CnnCoreError as error:
        state.keep(_REFUSED, f"{error} The picture in use stays.")
        return False
    state.keep(_REFUSED, "")
    state.put({"picture": remember(own).shown.setting})
    return True


def picture_chip(*, instead: str = "") -> None:
    """Show which picture is in use, as a button that opens the ways to change it.

    Args:
        instead: what the page shows instead of it, if it does.
    """
    picture = current_picture()
    # The label is the button's name for a screen reader, so its picture is not part of it.
    st.html(
        f'<style>.st-key-{CHIP} button {{ --picture: url("{picture_url(picture.token)}") }}</style>'
    )
    # With a key of its own it shows no picture: that is the one in use.
    with st.popover(instead or chip_label(picture), key=f"{CHIP}_instead" if instead else CHIP):
        if instead:
            st.caption("This page shows this instead of the picture in use:")
        _details(picture)
        picture_choice()


def chip_label(picture: Picture) -> str:
    """Name a picture and its size, and whether loading reduced it or changed more of it."""
    height, width = picture.pixels.shape[:2]
    changed = " · changed on loading" if picture.changes else ""
    if picture.changes and all(isinstance(change, Reduced) for change in picture.changes):
        changed = " · reduced"
    return f"{picture.name} · {height}\u00a0×\u00a0{width}{changed}"


def _details(picture: Picture) -> None:
    """Say what there is to say about the picture in use, and offer its other size."""
    st.html(_described(picture))
    _size_choice()


def picture_choice() -> None:
    """Show the ways to another picture: the visitor's own, a file, the camera, the samples."""
    if refused := state.recall(_REFUSED):
        # Above the tile of the file, which would fill the screen of a phone.
        st.warning(refused, icon=":material/error:")
    own = [
        (one.shown.setting, _own_name(one), picture_url(one.shown.token)) for one in own_pictures()
    ]
    if own:
        _pictures("Your pictures", own)
    # Of any type: the content decides what a file is, and a refusal is a sentence of ours.
    st.file_uploader(
        "Your own picture: drop it here, paste it, or",
        key="upload_file",
        on_change=_choose_upload,
        help="It stays in this server's memory for some hours; a link to it works as long.",
    )
    st.caption(allowed_files())
    # The camera is asked for once this is on, not before.
    if st.toggle("Camera", key="camera_on"):
        st.camera_input(
            "Take a picture",
            key="camera_shot",
            on_change=_choose_shot,
            resolution="720p",  # otherwise it would have no more pixels than it is shown with
            width=CAMERA_PX,
        )
    for title, drawn in (("Photographs", False), ("Patterns", True)):
        samples = [one for one in SAMPLES.values() if (one.pattern is not None) == drawn]
        _pictures(title, [(one.key, one.name, sample_url(one.key)) for one in samples])


def _pictures(title: str, pictures: Sequence[tuple[str, str, str]]) -> None:
    """Show pictures to choose from: the setting, the name and the address of each."""
    st.caption(title)
    chosen = state.text("picture")
    with st.container(horizontal=True, gap="small", key=f"choose_{title.split()[-1].lower()}"):
        for setting, name, address in pictures:
            st.button(
                f"![]({address}) {name.replace(' × ', _TIMES)}",
                key=f"choose_{setting}",
                type="primary" if setting == chosen else "secondary",
                on_click=_choose,
                args=(setting,),
            )


_TIMES = "\u00a0×\u00a0"  # a size stays on one line


def _own_name(own: OwnPicture) -> str:
    """Name a visitor's picture so that its name cannot be read as markup."""
    return FROM_LINK if own.name == FROM_LINK else escape_markdown(_isolated(own.name))


def _size_choice() -> None:
    """Offer the other size of the picture in use, where it has one, and say what it costs."""
    own = own_picture_of(state.text("picture"))
    if own is None or own.other is None:
        return
    st.session_state[_LARGER] = own.shown.max_side == LARGER_SIDE
    st.toggle(f"Up to {LARGER_SIDE} pixels a side", key=_LARGER, on_change=_choose_size)
    st.caption(size_text(own.shown.pixels.shape, own.other.pixels.shape))


def allowed_files() -> str:
    """Say which files can be uploaded; Streamlit's own words come when it is too late."""
    *names, last = (form.name for form in FORMATS)
    return f"{', '.join(names)} or {last}, up to {st.get_option('server.maxUploadSize')} MB."


def _described(picture: Picture) -> str:
    """Write what there is to say about the picture in use, as HTML."""
    height, width = picture.pixels.shape[:2]
    size = f"{height} × {width} × 3"
    lines = [f"{escape(picture.name)} · {size.replace(' ', '&nbsp;')}"]
    if picture.file:
        lines.append(f"<bdi>{escape(short_name(picture.file))}</bdi>")
    if picture.changes:
        lines.append(changes_text(picture.changes))
    return f'<div class="picture-in-use">{"".join(f"<div>{line}</div>" for line in lines)}</div>'


def _isolated(name: str) -> str:
    """Shorten a name and keep its direction of writing to itself, where no markup can."""
    return f"\u2068{short_name(name, most=_LISTED)}\u2069"


def picture_shortcuts(keys: Sequence[str]) -> None:
    """Show a row of samples that suit a page, to start from."""
    current = state.text("picture")
    with st.container(horizontal=True, gap="small", key="picture_shortcuts"):
        for key in keys:
            st.button(
                SAMPLES[key].name,
                key=f"start_{key}",
                help=SAMPLES[key].note,
                type="primary" if key == current else "secondary",
                on_click=state.put,
                args=({"picture": key},),
            )


def _choose(setting: str) -> None:
    state.keep(_REFUSED, "")
    state.put({"picture": setting})


def _choose_size() -> None:
    own = own_picture_of(state.text("picture"))
    if own and own.other and st.session_state[_LARGER] != (own.shown.max_side == LARGER_SIDE):
        state.put({"picture": at_other_size(own).shown.setting})


def _choose_upload() -> None:
    if file := st.session_state["upload_file"]:
        use_upload(file.getvalue(), file.name)
    else:
        state.keep(_REFUSED, "")


def _choose_shot() -> None:
    if shot := st.session_state["camera_shot"]:
        use_upload(shot.getvalue(), "camera")


def _uploaded(token: str) -> Picture | None:
    """Find an upload: in the store, or in this session if the store had to let it go."""
    setting = f"{UPLOAD_PREFIX}{token}"
    own = own_picture_of(setting) or _brought_by_link(token)
    if own is None:
        return None
    version = held(own).shown
    if version.setting != setting:
        state.put({"picture": version.setting})
    from_link = own.name == FROM_LINK
    return Picture(
        name=FROM_LINK if from_link else YOURS,
        token=version.token,
        digest=STORE.get(version.token).digest,
        pixels=version.pixels,
        file="" if from_link else own.name,
        changes=version.changes,
        max_side=version.max_side,
    )


def _brought_by_link(token: str) -> OwnPicture | None:
    """Take over a picture of the store that the session does not have, None if it is not there."""
    try:
        pixels = STORE.get(token).pixels
    except UnknownTokenError:
        return None
    # A picture of this visitor that the session did not take over was kept on the socket.
    is_own = STORE.owner_of(token) == visitor()
    version = Version(
        setting=f"{UPLOAD_PREFIX}{token}",
        pixels=pixels,
        max_side=MAX_SIDE if max(pixels.shape) <= MAX_SIDE else LARGER_SIDE,
    )
    return remember(OwnPicture(name="live camera" if is_own else FROM_LINK, shown=version))


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
