"""What does it look at? A gray square, five explanations and their checks, a unit's dossier."""

import streamlit as st

from app.lessons.look_at.choices import chosen_class, class_choice, network_choice
from app.lessons.look_at.explanations import explanation
from app.lessons.look_at.frame import attention_frame
from app.lessons.look_at.methods import methods_side_by_side
from app.lessons.look_at.notes import attention_notes
from app.lessons.look_at.occluder import occluder
from app.lessons.look_at.settings import read_square
from app.lessons.look_at.unit_dossier import unit_dossier
from app.networks import settings as networks
from app.networks.settings import NetworkSettings, pixels_seen, read_settings
from app.networks.traces import TRACES
from app.session import appearance, link, navigation, state
from app.session.explained import explained
from app.session.image_picker import Picture, current_picture
from app.session.widgets import segmented
from cnn_core.images import digest

OCCLUDER = "look_at_occluder"


def show() -> None:
    """Draw the page."""
    navigation.follow()
    picture = current_picture()
    settings = read_settings(state.texts(networks.SETTINGS))
    pixels = pixels_seen(settings, picture.pixels)
    name = picture.digest if pixels is picture.pixels else digest(pixels)
    with st.spinner("The picture goes through the network …", show_time=False):
        trace = TRACES.get(settings.network, name, pixels)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        network_choice(settings)
        number = class_choice(trace)
        heat_choice()
    cover_it(picture, settings, number)
    with explained():
        methods_side_by_side(trace, name, pixels, number)
    with explained():
        unit_dossier(trace, name, pixels)
    attention_notes(trace, number)


def heat_choice() -> None:
    """Choose the explanation that lies over the large picture."""
    segmented(
        "heat",
        "Heat over the picture",
        {
            "grad_cam": "Grad-CAM",
            "occlusion": "Occlusion",
            "saliency": "Saliency",
            "deconvnet": "Deconvnet",
            "guided": "Guided",
            "none": "No heat",
        },
    )


@st.fragment
def cover_it(picture: Picture, settings: NetworkSettings, number: int) -> None:
    """The picture under the gray square, and the class bars; moving the square reruns only this."""
    pixels = pixels_seen(settings, picture.pixels)
    name = picture.digest if pixels is picture.pixels else digest(pixels)
    trace = TRACES.get(settings.network, name, pixels)
    if chosen_class(trace) != number:
        st.rerun()  # a class was chosen by its bar: everything else explains it too
    method, dark = state.text("heat"), appearance.dark()
    heat = None
    if method != "none":
        with explained():
            heat = explanation(settings.network, name, number, method, False, pixels)
    square = read_square(state.text("square"))
    frame = attention_frame(
        trace,
        heat,
        method=method,
        chosen=number,
        square=square,
        dark=dark,
        extra={
            "token": picture.token,
            "settings": state.texts(_SEEN),
            "about": f"{settings.network} {name}",
            "version": f"{settings.network} {name} {number} {method} {dark}",
            "placed": square is not None,
        },
    )
    occluder(frame, key=OCCLUDER, on_change=_take_over)
    link.publish("look_at")


_SEEN = ("network", "source", "garment", "drawing")
"""The settings that say what the network is shown."""


def _take_over() -> None:
    state.put(state.changes_of(OCCLUDER))
