"""What is below the stage of the view teach: similar pictures, mistakes, the confusion matrix."""

from collections.abc import Callable

import streamlit as st

from app.lessons.cats_vs_dogs.teach.charts import confusion_chart
from app.lessons.cats_vs_dogs.teach.follow import follow
from app.lessons.cats_vs_dogs.teach.mistakes import mistakes, strip
from app.lessons.cats_vs_dogs.teach.situation import TeachSituation
from app.lessons.cats_vs_dogs.teach.spread import spread_chart, spread_text
from app.session.appearance import classroom

_CHART = {"displayModeBar": False}
_PRIVACY = (
    "Your pictures stay in the memory of this server, in your session, and are gone three minutes "
    "after you have closed the page. They are not written to disk. A link does not carry them."
)


def most_similar(on: TeachSituation) -> None:
    """Show the pictures whose features are most similar to those of the picture in use."""
    if on.neighbors[0][1] <= 0:
        st.caption("Most similar to your picture: none. Features that are all 0 have no angle.")
        return
    st.caption("Most similar to your picture, with the cosine between the features:")
    st.html(strip([(at, f"{similarity:.2f}") for at, similarity in on.neighbors], on))


def more_about(on: TeachSituation) -> Callable[[], None]:
    """Show the largest contributions, the mistakes, the confusion matrix.

    Returns:
        What completes it once the rest of the page is there.
    """
    left, right = st.columns([6, 5], gap="medium")
    with left:
        follow(on)
        st.subheader("Mistakes when left out", anchor=False)
        complete = mistakes(on)
        st.caption(_PRIVACY)
    with right:
        if on.can_leave_out:
            _confusion(on)
        st.subheader("How far the weights are spread", anchor=False)
        st.plotly_chart(
            spread_chart(on, classroom=classroom()),
            key="taught_spread",
            config=_CHART,
            height=240,
            alt="Part of all absolute weights that the features have, the largest first",
        )
        st.caption(spread_text(on))
    return complete


def _confusion(on: TeachSituation) -> None:
    st.subheader("Confusion matrix", anchor=False)
    st.plotly_chart(
        confusion_chart(on, classroom=classroom()),
        key="taught_confusion",
        config=_CHART,
        height=300 if len(on.names) < 4 else 420,
        alt="Confusion matrix of the pictures, each classified by a head fitted to the others",
    )
