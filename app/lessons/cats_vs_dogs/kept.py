"""The pictures of this session: they are gone when the session is."""

from app.lessons.cats_vs_dogs.collection import TaughtClasses, TaughtCollection
from app.session import state


def kept_collection(key: str, first: TaughtClasses) -> TaughtCollection:
    """Return the session's pictures of that name; `first` is what there is at the beginning."""
    found: TaughtCollection | None = state.recall(key)
    if found is None:
        found = TaughtCollection(first)
        state.keep(key, found)
    return found
