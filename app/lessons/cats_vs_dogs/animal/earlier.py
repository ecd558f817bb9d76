"""The most similar of the visitor's earlier pictures, as the stage shows it."""

from collections.abc import Sequence
from typing import Any

from app.lessons.cats_vs_dogs.animal.sheet import SheetPicture, nearest_of
from app.lessons.cats_vs_dogs.held import TaughtPicture
from app.lessons.cats_vs_dogs.small_pictures import small_address

NONE_YET = (
    "Most similar of your earlier pictures: none yet. Add pictures below, or open another one "
    "above."
)
NO_ANGLE = (
    "Most similar of your earlier pictures: none. Where all features are 0 there is no angle."
)
COMPUTING = "Most similar of your earlier pictures: …"


def earlier_of(asked: TaughtPicture, own: Sequence[SheetPicture]) -> dict[str, Any]:
    """Describe the visitor's picture whose features are most similar to those of the one in use.

    Args:
        asked: the picture in use.
        own: the visitor's pictures; the one in use may be among them.

    Returns:
        "text", and where there is such a picture its "address" and, to open it, its "setting" (""
        where it has none yet) and "digest".
    """
    others = [one for one in own if one.picture.digest != asked.digest]
    if not others:
        return {"text": NONE_YET}
    near = nearest_of(asked, others)
    if near is None:
        return {"text": COMPUTING}
    one, similarity = near
    if similarity <= 0:
        return {"text": NO_ANGLE}
    return {
        "text": f"Most similar of your earlier pictures: {one.name} (cosine {similarity:.2f})",
        "address": small_address(one.picture),
        "setting": one.setting,
        "digest": one.picture.digest,
    }
