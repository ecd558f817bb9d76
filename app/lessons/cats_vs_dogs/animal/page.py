"""The view animal of Cats vs dogs: cat, dog or neither, where from, and a sheet of pictures."""

import streamlit as st

from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.cats_vs_dogs.animal.animal_stage import animal_stage
from app.lessons.cats_vs_dogs.animal.earlier import earlier_of
from app.lessons.cats_vs_dogs.animal.frame import animal_frame, explained_class
from app.lessons.cats_vs_dogs.animal.guide import GUIDE
from app.lessons.cats_vs_dogs.animal.settings import SETTINGS
from app.lessons.cats_vs_dogs.animal.sheet import (
    SheetPicture,
    by_doubt,
    photographs,
    without_repeats,
)
from app.lessons.cats_vs_dogs.animal.verdict import class_map
from app.lessons.cats_vs_dogs.collection import TaughtClass, TaughtCollection, every
from app.lessons.cats_vs_dogs.held import taught_picture
from app.lessons.cats_vs_dogs.kept import kept_collection
from app.lessons.cats_vs_dogs.settings import NETWORK
from app.lessons.cats_vs_dogs.taught_features import TaughtRow, feature_tickets, lacking
from app.lessons.cats_vs_dogs.uploads import UPLOAD_PATH
from app.networks.patience import computed, computed_soon
from app.networks.prediction import predicted
from app.networks.work import Priority, as_completed
from app.session import link, state
from app.session.explained import explained
from app.session.image_picker import current_picture, picture_of
from app.session.own_pictures import OwnPicture, Version, own_pictures, remember
from app.session.visitor import visitor

STAGE = "animal_stage"
_SHOWN = "animal_shown"
_SHEET, _EMPTY = "animal_sheet", (TaughtClass(name="Sheet", id="0"),)
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
    collection, asked = _brought(), taught_picture(picture.pixels, picture.name)
    own = _own(collection)
    pictures = without_repeats([*own, *photographs()])
    state.keep(_SHOWN, [*pictures, *own])  # the browser fetches them when this run is over
    rows = by_doubt(pictures, on.threshold)
    frame = animal_frame(
        on,
        values,
        rows,
        chosen=state.text("picture"),
        extra={
            "owner": collection.owner,
            "path": UPLOAD_PATH,
            "can_clear": bool(collection.classes[0].pictures),
            "nearest": earlier_of(asked, own),
        },
    )
    animal_stage(frame, key=STAGE, on_change=_take_over)
    link.publish("cats_vs_dogs")
    with st.container(key="below_stage"):
        notice_and_try(GUIDE, on)
        the_same_as_a_program(GUIDE.programs(on))
    if values is None:
        computed(Priority.OVERLAY, class_map, on.shown, number)
        st.rerun()
    _complete([TaughtRow(picture=asked, copy=0, label=0, at=0), *(one.row for one in pictures)])


def _brought() -> TaughtCollection:
    """Return the pictures that the visitor put on the sheet."""
    return kept_collection(_SHEET, _EMPTY)


def _own(collection: TaughtCollection) -> list[SheetPicture]:
    """List the visitor's pictures: those that were in use, and those put on the sheet."""
    used = [
        SheetPicture(
            setting=one.shown.setting,
            name=one.name,
            picture=taught_picture(one.shown.pixels, one.name),
        )
        for one in own_pictures()
    ]
    brought = [
        SheetPicture(setting="", name=one.name, picture=one) for one in every(collection.classes)
    ]
    return without_repeats([*used, *brought])


def _complete(rows: list[TaughtRow]) -> None:
    """Compute what the sheet lacks while the page is there, and draw it again after each batch."""
    tickets = [ticket for _, ticket in feature_tickets(lacking(rows), visitor())]
    for ticket in as_completed(tickets, visitor):
        with explained():
            ticket.future.result()
            st.rerun()


def _take_over() -> None:
    for report in state.reports_of(STAGE):
        if digest := report.pop("sheet", ""):
            _open(str(digest))
        report.pop("uploaded", None)
        if report.pop("clear", None):
            state.keep(_SHEET, TaughtCollection(_EMPTY))
        state.put(report)


def _open(digest: str) -> None:
    """Make a picture of the sheet the picture in use."""
    for one in every(_brought().classes):
        if one.digest == digest:
            own = OwnPicture(name=one.name, shown=Version(pixels=one.view))
            state.put({"picture": remember(own).shown.setting})
            return
