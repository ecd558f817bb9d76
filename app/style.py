"""What CSS adds to the theme: `style.css`, and for the enlarged classroom view `classroom.css`."""

from functools import cache
from pathlib import Path

import streamlit as st


def apply_style(*, classroom: bool) -> None:
    """Put the style sheets on the page."""
    st.html(f"<style>{_sheet('style')}{_sheet('classroom') if classroom else ''}</style>")


@cache
def _sheet(name: str) -> str:
    return Path(__file__).with_name(f"{name}.css").read_text(encoding="utf-8")
