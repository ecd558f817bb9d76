"""A polynomial: points that are dragged, a curve that follows, and what its weights cost."""

import streamlit as st

from app.drawing.frame import pack
from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.weight_decay.polynomial.frame import fixed_parts, polynomial_frame
from app.lessons.weight_decay.polynomial.guide import GUIDE
from app.lessons.weight_decay.polynomial.polynomial_stage import polynomial_stage
from app.lessons.weight_decay.polynomial.settings import SETTINGS, STEPS, read_settings
from app.lessons.weight_decay.polynomial.situation import PolynomialSituation
from app.lessons.weight_decay.settings import VIEW
from app.lessons.weight_decay.shown import head_differs
from app.session import link, state
from app.session.control import Menu
from app.session.image_picker import current_picture, picture_of

STAGE = "decay_polynomial_stage"


def show() -> None:
    """Draw the view."""
    a_polynomial(current_picture().digest)


@st.fragment
def a_polynomial(digest: str) -> None:
    """The part that a change on the stage reruns."""
    if state.text(VIEW.key) != "polynomial" or head_differs():
        st.rerun()
    picture, texts = picture_of(digest), state.texts(SETTINGS)
    on = PolynomialSituation(
        settings=read_settings(texts), digest=picture.digest, pixels=picture.pixels
    )
    source = SETTINGS["decay_source"].control
    page = {
        "kind": "decay_fit",
        "token": picture.token,
        "settings": texts,
        "digest": picture.digest,
        "sources": source.options if isinstance(source, Menu) else (),
        "steps": STEPS,
        **fixed_parts(),
    }
    polynomial_stage(
        pack({**polynomial_frame(on), **page}),
        key=STAGE,
        on_change=lambda: state.put(state.changes_of(STAGE)),
    )
    link.publish("weight_decay")
    with st.container(key="below_stage"):
        notice_and_try(GUIDE, on, widths=(6, 5))
        the_same_as_a_program(GUIDE.programs(on))
