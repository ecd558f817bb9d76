"""What to notice inside a CNN, what to try, and the same in Python."""

import streamlit as st

from app.networks.settings import NetworkSettings
from cnn_core.networks.models import registry


def explorer_notes(settings: NetworkSettings) -> None:
    """Show the notes that belong to the network in use."""
    notice, attempt, code = st.columns([3, 3, 4], gap="large")
    with notice:
        st.subheader("What to notice", anchor=False)
        st.markdown(
            "- Early maps look like the picture: edges, colors, patches of texture. Late maps are "
            "a few bright cells: *something* is there, hardly *where*.\n"
            "- Maps get smaller and more numerous. A late unit sees most of the picture.\n"
            "- Black maps are not broken: this picture has nothing that they answer to.\n"
            "- With the color scale **per map** even the faintest map looks lively; **per layer** "
            "shows who really speaks."
        )
    with attempt:
        st.subheader("Try this", anchor=False)
        st.markdown(
            "- Click a map, then a bright cell in it, then a cell under its window, and so on down "
            "to one pixel of the picture. **Escape** goes back up.\n"
            "- Change the picture and watch which maps go dark.\n"
            + (
                "- Draw a shoe in the pad and erase its sole: when does it stop being a shoe?"
                if settings.uses_pad
                else "- Open a class score: which of the last maps voted for it?"
            )
        )
    with code:
        st.subheader("The same in Python", anchor=False)
        layer = settings.layer or registry.defined(settings.network).featured_layer
        unit = f"{settings.channel or 0}, {settings.row or 0}, {settings.column or 0}"
        st.code(
            "from cnn_core.networks import load, trace, explain_unit\n\n"
            f'network = load("{settings.network}")\n'
            "seen = trace(network, image)   # every layer's output, by name\n"
            "seen.top(5)\n"
            f'explain_unit(seen, "{layer}", {unit}).value',
            language="python",
        )
