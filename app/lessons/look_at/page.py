"""What does it look at? A gray square, attributions and their checks, a unit's dossier."""

import streamlit as st

from app.lessons.look_at.all_maps import all_maps
from app.lessons.look_at.attributions import attribution
from app.lessons.look_at.choices import chosen_class, class_choice, network_choice
from app.lessons.look_at.frame import occluder_frame
from app.lessons.look_at.inside_link import pad_link
from app.lessons.look_at.methods import methods_side_by_side
from app.lessons.look_at.notes import attribution_notes
from app.lessons.look_at.occluder import occluder
from app.lessons.look_at.own_files import own_files
from app.lessons.look_at.settings import NO_METHOD, method_names
from app.lessons.look_at.situation import AttributionSituation, unit_texts
from app.lessons.look_at.unit_dossier import unit_dossier
from app.networks import settings as networks
from app.networks.patience import computed, computed_soon
from app.networks.prediction import predicted
from app.networks.settings import NetworkInput, NetworkSettings, network_input, read_settings
from app.networks.square import read_square
from app.networks.view_caption import view_caption
from app.networks.work import Priority
from app.session import link, navigation, state
from app.session.explained import explained
from app.session.image_picker import current_picture, picture_of
from app.session.picture import Picture
from app.session.widgets import segmented

OCCLUDER = "look_at_occluder"
_AT_ONCE_S = 0.3
_LACKING = "overlay_lacking"
"""Kept for the session: the method whose result was not there when the large picture was drawn."""


def show() -> None:
    """Draw the page."""
    navigation.follow()
    settings = read_settings(state.texts(networks.SETTINGS))
    picture = current_picture()
    shown = _shown(settings, picture)
    # It lies over the page: what is there already stays where it is.
    with (
        st.container(key="computing"),
        st.spinner("Computing the class probabilities …", show_time=False),
    ):
        prediction = computed(Priority.TRACE, predicted, settings.network, shown)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        network_choice(settings)
        number = class_choice(prediction)
        method_choice()
    cover_it(picture.digest, settings, number)
    view_caption(settings, picture.pixels.shape)
    pad_link(settings)
    lacking: str = state.recall(_LACKING, "")

    def lay_over(method: str) -> None:
        known = attribution.known(settings.network, shown, number, method)
        if method == lacking and known is not None:
            st.rerun()

    on = AttributionSituation(
        settings=settings,
        picture=picture,
        shown=shown,
        prediction=prediction,
        number=number,
        method=state.text("heat"),
        unit=unit_texts(link.fitting("look_at")),
        own=tuple(own_files()),
    )
    chosen = None
    with st.container(key="below_stage"):
        with explained():
            methods_side_by_side(prediction.network, shown, number, on_drawn=lay_over)
        with explained():
            chosen = unit_dossier(prediction.network, shown, on.pictures)
        sheet = st.container()
        with explained():
            attribution_notes(on)
    if lacking:
        computed(Priority.OVERLAY, attribution, settings.network, shown, number, lacking)
        st.rerun()
    if chosen:
        # In its place above the notes, which do not wait for it.
        with sheet:
            all_maps(prediction.network, chosen, on.pictures)


def method_choice() -> None:
    """Choose the attribution that lies over the large picture."""
    segmented("heat", "Attribution over the picture", method_names())


@st.fragment
def cover_it(digest: str, settings: NetworkSettings, number: int) -> None:
    """The picture under the gray square, and the class bars; moving the square reruns only this."""
    picture = picture_of(digest)
    shown = _shown(settings, picture)
    prediction = computed(Priority.TRACE, predicted, settings.network, shown)
    if chosen_class(prediction) != number:
        st.rerun()  # a class was chosen by its bar: everything else explains it too
    method = state.text("heat")
    overlay, lacking = None, ""
    if method != NO_METHOD:
        with explained():
            # What takes longer would hold up the square; the page runs again when it is there.
            overlay = computed_soon(
                _AT_ONCE_S, Priority.OVERLAY, attribution, settings.network, shown, number, method
            )
            lacking = "" if overlay is not None else method
    state.keep(_LACKING, lacking)
    square = read_square(state.text("square"))
    frame = occluder_frame(
        prediction,
        overlay,
        method=method,
        chosen=number,
        square=square,
        extra={
            "token": picture.token,
            "settings": state.texts(_INPUT),
            "about": f"{settings.network} {shown.digest}",
            "version": f"{settings.network} {shown.digest} {number} {method} {lacking}",
            "placed": square is not None,
        },
    )
    occluder(frame, key=OCCLUDER, on_change=_take_over)
    link.publish("look_at")


_INPUT = ("network", "source", "garment", "drawing")
"""The settings that choose what the network is shown."""


def _shown(settings: NetworkSettings, picture: Picture) -> NetworkInput:
    return network_input(settings, picture.pixels, picture.digest)


def _take_over() -> None:
    state.put(state.changes_of(OCCLUDER))
