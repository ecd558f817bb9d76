"""The opening: a window that shows the edges of the picture, and how one of them is computed."""

from app.browser.component import component
from app.drawing.colors import DIVERGING, ink_on, table
from app.drawing.frame import pack
from app.live.image_store import picture_url
from app.live.published import addressed
from app.session.picture import Picture
from app.start.opening_frame import EDGES_TEXT, KERNEL, OpeningData

_STEPS = 33  # colors that the browser is told of the scale


def opening(data: OpeningData, *, picture: Picture, key: str) -> None:
    """Show a picture under the window; it moves over the picture once by itself."""
    scale = table(DIVERGING)[:: 255 // (_STEPS - 1)]
    header = {
        "version": picture.digest,
        "picture": picture_url(picture.token),
        "name": picture.name,
        "height": data.height,
        "width": data.width,
        "kernel": KERNEL.array.astype(int).tolist(),
        "kernelName": KERNEL.name,
        "edgesText": EDGES_TEXT,
        "limit": data.limit,
        "colors": ["rgb({} {} {})".format(*one) for one in scale],
        "inks": [ink_on(*one) for one in scale.tolist()],
    }
    frame = pack(header, list(data.blobs))
    component(__file__)(key=key, data=addressed(frame), on_changes_change=lambda: None)
