"""The server: Streamlit's pages and the live channel, side by side."""

import os

import streamlit as st

from app import warm
from app.live import routes

warm.allow()
# Torch's threads would keep a core busy while they wait for each other. Where the cores are shared,
# with a browser or with other readers, covering a square then takes 130 ms instead of 17. The
# OpenMP library reads this when torch is first imported, which no page does before it is served.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

app = st.App("main.py", routes=routes())
