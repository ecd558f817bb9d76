"""The server: Streamlit's pages, the live channel and the pictures in use, side by side."""

import streamlit as st

from app import live, picture_route, warm

warm.allow()
app = st.App("main.py", routes=[*live.routes(), *picture_route.routes()])
