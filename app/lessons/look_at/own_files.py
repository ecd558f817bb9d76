"""The pictures that this visitor brought, for what looks through all pictures at hand."""

from app.live.image_store import STORE, UnknownTokenError
from app.session.own_pictures import own_pictures
from app.session.picture import FROM_LINK, YOURS, Picture
from cnn_core.images import digest


def own_files() -> tuple[Picture, ...]:
    """Return this session's own pictures, the newest first, each at the size it was last used."""
    found = []
    for own in own_pictures():
        version, linked = own.shown, own.name == FROM_LINK
        try:
            name = STORE.get(version.token).digest
        except UnknownTokenError:
            name = digest(version.pixels)
        found.append(
            Picture(
                name=FROM_LINK if linked else YOURS,
                token=version.token,
                digest=name,
                pixels=version.pixels,
                file="" if linked else own.name,
                changes=version.changes,
                max_side=version.max_side,
            )
        )
    return tuple(found)
