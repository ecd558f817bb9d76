"""The server: Streamlit's pages, the live channel and the pictures in use, side by side."""

import streamlit as st

# The lessons register with the live channel now, not when the first page is opened: a page that was
# open while the server restarted asks at once.
from app import catalogue  # noqa: F401
from app.browser import modules
from app.live import channel, picture_route, warm
from app.live.sockets import prompt_sockets

warm.allow()
app = st.App(
    "main.py",
    routes=[*channel.routes(), *picture_route.routes(), *modules.routes()],
    lifespan=prompt_sockets,
)
