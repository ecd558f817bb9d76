"""What does it look at? A gray square, attributions and their checks, a unit's dossier."""

import streamlit as st

from app.lessons.look_at.attributions import attribution, known_attribution
from app.lessons.look_at.choices import chosen_class, class_choice, network_choice
from app.lessons.look_at.frame import occluder_frame
from app.lessons.look_at.methods import methods_side_by_side
from app.lessons.look_at.notes import attribution_notes
from app.lessons.look_at.occluder import occluder
from app.lessons.look_at.settings import NO_METHOD, read_square
from app.lessons.look_at.unit_dossier import unit_dossier
from app.networks import settings as networks
from app.networks.patience import computed, trace_of
from app.networks.settings import NetworkSettings, network_input, read_settings
from app.networks.view_words import view_caption
from app.networks.work import Priority
from app.session import appearance, link, navigation, state
from app.session.explained import explained
from app.session.image_picker import Picture, current_picture
from app.session.widgets import segmented
from cnn_core.networks.attribution import methods

OCCLUDER = "look_at_occluder"


def show() -> None:
    """Draw the page."""
    navigation.follow()
    picture = current_picture()
    settings = read_settings(state.texts(networks.SETTINGS))
    shown = network_input(settings, picture.pixels, picture.digest)
    with st.spinner("The picture goes through the network …", show_time=False):
        trace = trace_of(settings.network, shown)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        network_choice(settings)
        number = class_choice(trace)
        method_choice()
    cover_it(picture, settings, number)
    view_caption(settings, picture.pixels.shape)
    with explained():
        methods_side_by_side(trace, shown, number)
    with explained():
        unit_dossier(trace, shown)
    attribution_notes(trace, number)


def method_choice() -> None:
    """Choose the attribution that lies over the large picture."""
    names = {one.key: one.short_title for one in methods.METHODS.values()}
    segmented("heat", "Heat over the picture", {**names, NO_METHOD: "No heat"})


@st.fragment
def cover_it(picture: Picture, settings: NetworkSettings, number: int) -> None:
    """The picture under the gray square, and the class bars; moving the square reruns only this."""
    shown = network_input(settings, picture.pixels, picture.digest)
    trace = trace_of(settings.network, shown)
    if chosen_class(trace) != number:
        st.rerun()  # a class was chosen by its bar: everything else explains it too
    method, dark = state.text("heat"), appearance.dark()
    overlay = None
    if method != NO_METHOD:
        with explained():
            overlay = known_attribution(settings.network, shown, number, method)
            if overlay is None:
                overlay = computed(
                    ("attribution", settings.network, shown.digest, number, method, False),
                    lambda: attribution(settings.network, shown, number, method),
                    Priority.ATTRIBUTION,
                )
    square = read_square(state.text("square"))
    frame = occluder_frame(
        trace,
        overlay,
        method=method,
        chosen=number,
        square=square,
        dark=dark,
        extra={
            "token": picture.token,
            "settings": state.texts(_INPUT),
            "about": f"{settings.network} {shown.digest}",
            "version": f"{settings.network} {shown.digest} {number} {method} {dark}",
            "placed": square is not None,
        },
    )
    occluder(frame, key=OCCLUDER, on_change=_take_over)
    link.publish("look_at")


_INPUT = ("network", "source", "garment", "drawing")
"""The settings that choose what the network is shown."""


def _take_over() -> None:
    state.put(state.changes_of(OCCLUDER))
