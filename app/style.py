"""What CSS adds to the theme: less empty space, and the enlarged classroom view."""

import streamlit as st

_ALWAYS = """
.block-container, [data-testid="stMainBlockContainer"] { padding: 3.4rem 2rem 2rem; max-width: 120rem; }
[data-testid="stHeading"] h1 { font-size: 1.7rem; padding: 0 0 0.1rem; }
[data-testid="stSidebarUserContent"] { padding-top: 0.5rem; }
[data-testid="stSidebarHeader"] { height: 2.6rem; margin-bottom: 0; }
"""

_CLASSROOM = """
html { font-size: 21px; }
[data-testid="stHeading"] h1 { font-size: 1.6rem; }
.only-one-person { display: none; }
"""


def apply_style(*, classroom: bool) -> None:
    """Put the style sheet on the page; everything is in rem, so one font size enlarges the whole app."""
    st.html(f"<style>{_ALWAYS}{_CLASSROOM if classroom else ''}</style>")
