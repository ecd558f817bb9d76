"""The start page: the picture in use under a small window, and a card for every lesson."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st
from streamlit.navigation.page import Page

from app.lesson import Lesson
from app.session.appearance import classroom
from app.session.image_picker import current_picture, picture_choice
from app.session.picture import Picture
from app.start.cached import cached_opening
from app.start.opening import opening
from app.start.thumbnails import thumbnail_url

TITLE = "Kernelscope"
PROMISE = "See what convolution and convolutional networks do, on your own picture."


def show(lessons: Sequence[Lesson], pages: Mapping[str, Page]) -> None:
    """Draw the page below its head."""
    picture = current_picture()
    with st.container(key="start_page"):
        # With classroom mode the head has a chip for it: who projects needs the width.
        places = [9] if classroom() else [9, 4]
        stage, *beside = st.columns(places, gap="medium")
        with stage:
            opening(
                cached_opening(picture.digest, picture.pixels), picture=picture, key="start_opening"
            )
            cards(lessons, pages, picture)
        for choice in beside:
            with choice:
                picture_choice()


def cards(lessons: Sequence[Lesson], pages: Mapping[str, Page], picture: Picture) -> None:
    """Show a card for every lesson: what it makes of the picture, its name and its promise."""
    with st.container(horizontal=True, key="lesson_cards", gap="small"):
        for lesson in lessons:
            with st.container(key=f"card_{lesson.key}", gap=None):
                st.html(_card(lesson, picture))
                st.page_link(pages[lesson.key], label=lesson.title, icon=None)
                st.html(f"<p>{escape(lesson.promise)}</p>")


def _card(lesson: Lesson, picture: Picture) -> str:
    return f'<img src="{thumbnail_url(lesson.key, picture.token)}" alt="" width="256" height="256">'
