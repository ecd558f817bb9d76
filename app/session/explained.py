"""The one place where a `CnnCoreError` becomes a line on the page."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from cnn_core.errors import CnnCoreError


@contextmanager
def explained() -> Iterator[None]:
    """Show the sentence of a `CnnCoreError` where the block would have drawn; the page goes on."""
    try:
        yield
    except CnnCoreError as error:
        explain(error)


def explain(error: CnnCoreError) -> None:
    """Show the sentence of an error here."""
    st.warning(str(error), icon=":material/error:")
