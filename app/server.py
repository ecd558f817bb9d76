"""The server: Streamlit's pages and the live channel, side by side."""

import streamlit as st

from app.live import routes

app = st.App("main.py", routes=routes())
