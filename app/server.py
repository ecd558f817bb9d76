"""The server: Streamlit's pages and the live channel, side by side."""

import streamlit as st

from app import warm
from app.live import routes

warm.allow()
app = st.App("main.py", routes=routes())
