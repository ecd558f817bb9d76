"""The server: Streamlit's pages, the live channel and the pictures in use, side by side."""

import streamlit as st

from app.live import channel as live
from app.live import picture_route, warm
from app.live.sockets import prompt_sockets

warm.allow()
app = st.App("main.py", routes=[*live.routes(), *picture_route.routes()], lifespan=prompt_sockets)
