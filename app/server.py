"""The server: Streamlit's pages, the live channel and the pictures in use, side by side."""

import streamlit as st

from app import live, picture_route, warm
from app.sockets import prompt_sockets

warm.allow()
app = st.App("main.py", routes=[*live.routes(), *picture_route.routes()], lifespan=prompt_sockets)
