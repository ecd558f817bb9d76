"""Written out: one weight, an L2 term in the loss beside weight decay, step by step."""

import streamlit as st

from app.drawing.frame import pack
from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.weight_decay.settings import VIEW
from app.lessons.weight_decay.shown import head_differs
from app.lessons.weight_decay.written.frame import written_frame
from app.lessons.weight_decay.written.guide import GUIDE
from app.lessons.weight_decay.written.settings import (
    MOST_STEPS,
    OPTIMIZERS,
    SETTINGS,
    read_settings,
)
from app.lessons.weight_decay.written.situation import WrittenSituation
from app.lessons.weight_decay.written.weight_stage import weight_stage
from app.session import link, state
from app.session.control import Slider, Stops
from app.session.image_picker import current_picture, picture_of

STAGE = "decay_weight_stage"


def show() -> None:
    """Draw the view."""
    written_out(current_picture().digest)


@st.fragment
def written_out(digest: str) -> None:
    """The part that a change on the stage reruns."""
    if state.text(VIEW.key) != "written" or head_differs():
        st.rerun()
    texts = state.texts(SETTINGS)
    on = WrittenSituation(settings=read_settings(texts))
    page = {
        "kind": "decay_written",
        "token": picture_of(digest).token,
        "settings": texts,
        "optimizers": [{"key": key, "name": name} for key, name in OPTIMIZERS.items()],
        "sliders": sliders(),
        "most": MOST_STEPS,
    }
    weight_stage(
        pack({**written_frame(on), **page}),
        key=STAGE,
        on_change=lambda: state.put(state.changes_of(STAGE)),
    )
    link.publish("weight_decay")
    with st.container(key="below_stage"):
        notice_and_try(GUIDE, on, widths=(6, 5))
        the_same_as_a_program(GUIDE.programs(on))


def sliders() -> list[dict[str, object]]:
    """Describe the sliders above the curves."""
    found: list[dict[str, object]] = []
    for key, setting in SETTINGS.items():
        if isinstance(setting.control, Stops):
            stops = list(setting.control.stops)
            about = {"min": 0, "max": len(stops) - 1, "step": 1, "stops": stops}
        elif isinstance(setting.control, Slider):
            control = setting.control
            about = {"min": control.min, "max": control.max, "step": control.step}
        else:
            continue
        found.append({"key": key, "label": setting.control.label, **about})
    return found
