"""Who this visitor is to the server: a name that no link carries."""

import secrets

from app.session import state

_VISITOR = "visitor"


def visitor() -> str:
    """Name this session; the name lasts as long as the session does."""
    if not state.recall(_VISITOR):
        state.keep(_VISITOR, secrets.token_urlsafe(16))
    return str(state.recall(_VISITOR))
