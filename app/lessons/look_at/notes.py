"""What to notice about explanations, what to try, and the same in Python."""

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from cnn_core.networks import Network


def attribution_notes(network: "Network", number: int) -> None:
    """Show the notes for the network and class in use."""
    notice, attempt, code = st.columns([3, 3, 4], gap="large")
    name = network.classes[number]
    with notice:
        st.subheader("What to notice", anchor=False)
        st.markdown(
            "- The score may **rise** under the square: what it covered spoke for something else.\n"
            "- Slopes and real falls answer different questions, and often disagree.\n"
            "- A picture that looks convincing may be an edge detector: look at its random twin.\n"
            "- Grad-CAM is coarse because the last maps are: a few cells, enlarged."
        )
    with attempt:
        st.subheader("Try this", anchor=False)
        st.markdown(
            "- Cover the nose, the eyes, then the background. Which square costs most?\n"
            "- Explain a class the picture does **not** show, and see what would speak for it.\n"
            "- Make the square small: does any one spot still matter?\n"
            "- Take a picture of two things and explain one after the other."
        )
    with code:
        st.subheader("The same in Python", anchor=False)
        st.code(
            "from cnn_core.networks import load, trace\n"
            "from cnn_core.networks.attribution.class_activation import grad_cam\n"
            "from cnn_core.networks.attribution.backpropagation import backpropagate\n"
            "from cnn_core.networks.attribution.occlusion import occlusion\n\n"
            f'seen = trace(load("{network.name}"), image)\n'
            f"grad_cam(seen, {number}).attribution            # {name}\n"
            f"occlusion(seen, {number}).drop\n"
            f'backpropagate(seen, {number}, rule="guided")   # or "plain", "deconvnet"',
            language="python",
        )
