"""Inside a CNN: the picture flows through every layer; click anything to see why."""

import streamlit as st

from app.cached import cached_explorer_blobs, cached_network_facts, cached_network_view
from app.catalogue import BY_KEY
from app.lessons.inside_cnn.frame import explorer_frame
from app.lessons.inside_cnn.learned_kernels import kernels_gallery
from app.lessons.inside_cnn.network_explorer import network_explorer
from app.lessons.inside_cnn.notes import NETWORK_NAMES, explorer_notes
from app.networks.settings import pixels_seen, read_explorer
from app.networks.traces import trace_ahead
from app.session import state
from app.session.image_picker import Picture, current_picture
from cnn_core.images import digest

EXPLORER = "inside_cnn_explorer"


def show() -> None:
    """Draw the page."""
    picture = current_picture()
    explore(picture)
    kernels_gallery(read_explorer(state.explorer_texts()).network)


@st.fragment
def explore(picture: Picture) -> None:
    """The part that a click in the explorer reruns."""
    texts = state.explorer_texts()
    spec = read_explorer(texts)
    pixels = pixels_seen(spec, picture.pixels)
    name = picture.digest if pixels is picture.pixels else digest(pixels)
    trace_ahead(spec.network, name, pixels)
    frame = explorer_frame(
        spec,
        texts,
        cached_network_facts(spec.network),
        picture.pixels,
        cached_explorer_blobs(picture.digest, picture.pixels),
        names=NETWORK_NAMES,
        view=cached_network_view(spec.network, pixels.shape),
        dark=state.dark(),
        extra={
            "token": picture.token,
            "picture": picture.digest,
            "alt": picture.name,
            "more": "look_at" in BY_KEY,
        },
    )
    network_explorer(frame, key=EXPLORER, on_change=_take_over)
    _follow()
    state.publish("inside_cnn")
    explorer_notes(spec)


def _take_over() -> None:
    """Keep what was changed in the browser; the run that follows opens the page to go on to."""
    changes = state.component_value(EXPLORER, "changes") or {}
    state.put(changes)
    if changes.get("go") in BY_KEY:
        state.keep("explorer_go", changes["go"])


def _follow() -> None:
    """Open the page that a button of the explorer leads to."""
    if target := state.recall("explorer_go"):
        state.keep("explorer_go", None)
        state.open_page(target)
