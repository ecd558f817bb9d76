"""The view animal of Cats vs dogs: cat, dog or neither, where from, and a sheet of pictures."""

import streamlit as st

from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.cats_vs_dogs.animal.animal_stage import animal_stage
from app.lessons.cats_vs_dogs.animal.frame import animal_frame, explained_class
from app.lessons.cats_vs_dogs.animal.guide import GUIDE
from app.lessons.cats_vs_dogs.animal.settings import SETTINGS
from app.lessons.cats_vs_dogs.animal.sheet import SheetPicture, by_doubt, photographs
from app.lessons.cats_vs_dogs.animal.verdict import class_map
from app.lessons.cats_vs_dogs.settings import NETWORK
from app.live.image_store import picture_url, sample_url
from app.networks.patience import asked, computed, computed_soon
from app.networks.prediction import predicted
from app.networks.settings import NetworkInput
from app.networks.work import Priority, as_completed
from app.session import link, state
from app.session.image_picker import current_picture, picture_of
from app.session.own_pictures import own_pictures
from app.session.visitor import visitor
from cnn_core.errors import CnnCoreError
from cnn_core.images import digest as digest_of

STAGE = "animal_stage"
_AT_ONCE_S = 0.3


def show() -> None:
    """Draw the view."""
    everything(current_picture().digest)


@st.fragment
def everything(digest: str) -> None:
    """All of it; what is chosen runs this again, another picture the whole page."""
    picture, texts = picture_of(digest), state.texts(SETTINGS)
    on = GUIDE.situation(texts, picture)
    with st.container(key="computing"), st.spinner("Computing the classes …", show_time=False):
        computed(Priority.TRACE, predicted, NETWORK, on.shown)
    number = explained_class(on)
    values = computed_soon(_AT_ONCE_S, Priority.OVERLAY, class_map, on.shown, number)
    rows = by_doubt(_sheet(), on.threshold)
    frame = animal_frame(on, values, rows, chosen=state.text("picture"))
    animal_stage(frame, key=STAGE, on_change=_take_over)
    link.publish("cats_vs_dogs")
    with st.container(key="below_stage"):
        notice_and_try(GUIDE, on)
        the_same_as_a_program(GUIDE.programs(on))
    if values is None:
        computed(Priority.OVERLAY, class_map, on.shown, number)
        st.rerun()
    _complete([row.picture.shown for row in rows if row.verdict is None])


def _sheet() -> list[SheetPicture]:
    """List the bundled photographs and the visitor's own pictures."""
    own = [
        SheetPicture(
            setting=one.shown.setting,
            name=one.name,
            address=picture_url(one.shown.token),
            shown=NetworkInput(pixels=one.shown.pixels, digest=digest_of(one.shown.pixels)),
        )
        for one in own_pictures()
    ]
    return [*own, *photographs(sample_url("{}"))]


def _complete(lacking: list[NetworkInput]) -> None:
    """Compute what the sheet lacks while the page is there, and draw it again after each."""
    tickets = [asked(Priority.AHEAD, predicted, NETWORK, one) for one in lacking]
    for ticket in as_completed(tickets, visitor):
        try:
            ticket.future.result()
        except CnnCoreError:
            return  # a picture that cannot be computed keeps its place without a verdict
        st.rerun()


def _take_over() -> None:
    state.put(state.changes_of(STAGE))
