"""Inside a CNN: the picture flows through every layer; click anything to see why."""

import streamlit as st

from app.lessons.inside_cnn.cached import (
    cached_explorer_blobs,
    cached_network_facts,
    cached_network_view,
)
from app.lessons.inside_cnn.frame import explorer_frame
from app.lessons.inside_cnn.learned_kernels import kernels_gallery
from app.lessons.inside_cnn.misfits import used_head
from app.lessons.inside_cnn.network_explorer import network_explorer
from app.lessons.inside_cnn.notes import explorer_notes
from app.lessons.inside_cnn.samples_ahead import samples_ahead
from app.lessons.inside_cnn.settings import order_of, read_settings
from app.networks.explained_class import class_change
from app.networks.kept_head import kept_head
from app.networks.patience import compute_ahead
from app.networks.settings import NetworkInput, NetworkSettings, network_input
from app.networks.shown_instead import check_head
from app.networks.traces import traced, traced_quickly
from app.networks.view_caption import view_caption
from app.networks.work import Priority
from app.session import link, navigation, state
from app.session.explained import explained
from app.session.image_picker import current_picture, picture_of

EXPLORER = "inside_cnn_explorer"


def show() -> None:
    """Draw the page."""
    explore(current_picture().digest)
    with st.container(key="below_gallery"):
        kernels_gallery(state.text("network"))


@st.fragment
def explore(digest: str) -> None:
    """The part that a click in the explorer reruns."""
    picture = picture_of(digest)
    texts = link.fitting("inside_cnn")
    settings = read_settings(texts)
    taught = used_head(settings, texts)
    check_head(settings)
    shown = network_input(settings, picture.pixels, picture.digest)
    _compute_ahead(settings, shown)
    with st.spinner("Loading the network …", show_time=False):
        facts = cached_network_facts(settings.network, taught)
    frame = explorer_frame(
        settings,
        texts,
        facts,
        picture.pixels,
        cached_explorer_blobs(picture.digest, picture.pixels),
        view=cached_network_view(settings.network, shown.pixels.shape),
        extra={
            "token": picture.token,
            "picture": picture.digest,
            "alt": picture.name,
            "samples": samples_ahead(settings.network),
            "more": navigation.can_go_to("look_at"),
        },
        taught=kept_head(),
    )
    network_explorer(frame, key=EXPLORER, on_change=_take_over)
    view_caption(settings, picture.pixels.shape)
    navigation.follow()
    link.publish("inside_cnn")
    with st.container(key="below_explorer"), explained():
        explorer_notes(settings, picture, taught, order_of(texts))


def _compute_ahead(settings: NetworkSettings, shown: NetworkInput) -> None:
    """Begin the trace that the explorer will ask for first: the overview shows outputs of steps."""
    is_quick = settings.scope != "network" and not settings.layer
    is_quick = is_quick and traced.known(settings.network, shown) is None
    wanted = traced_quickly if is_quick else traced
    compute_ahead(Priority.TRACE, wanted, settings.network, shown)


def _take_over() -> None:
    """Keep what was changed in the browser; the run that follows opens the page to go on to."""
    changes = state.changes_of(EXPLORER)
    target = changes.pop("go", "")
    if "network" in changes:
        changes |= class_change(state.text("network"), changes["network"])
    state.put(changes)
    if navigation.can_go_to(target):
        if target == "cats_vs_dogs":
            state.put({"taught_view": "teach"})  # where the last layer was taught
        navigation.go_to(target)
