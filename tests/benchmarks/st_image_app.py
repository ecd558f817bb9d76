"""The usual way, for comparison: a slider in a fragment, the array handed to `st.image`."""

import numpy as np
import streamlit as st

from cnn_core.convolution import convolve
from cnn_core.images import resize
from cnn_core.samples import load_sample

side = int(st.query_params["side"])
kernel = int(st.query_params["kernel"])
picture = resize(load_sample("mandrill"), height=side, width=side)


@st.fragment
def filtered() -> None:
    middle = st.slider("weight", 0, 100, 0)
    weights = np.full((kernel, kernel), 1 / kernel**2)
    weights[kernel // 2, kernel // 2] += middle / 100
    response = convolve(picture, weights)
    st.image(np.clip(response, 0, 255).astype(np.uint8))


filtered()
