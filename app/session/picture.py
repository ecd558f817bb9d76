"""What a picture in use is, without the page that shows it."""

from dataclasses import dataclass, field

import numpy as np

from cnn_core.images import Change

YOURS = "Your picture"
FROM_LINK = "Picture from the link"
"""What a picture is called that a link opened: somebody else's, or one from an older session."""
MAX_SIDE = 512
"""Pixels that neither side of a picture has more of, unless its visitor asks for more."""
LARGER_SIDE = 1024
"""Pixels that neither side has more of then."""
MIN_SIDE = 32
"""Pixels that the shorter side of a very long picture keeps; fewer show nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture in use.

    Attributes:
        name: what to call it.
        token: how the live channel addresses it, for this session.
        digest: fingerprint of its pixels, for caches.
        pixels: uint8 (H, W, 3), read-only.
        file: the name of the file it came in, "" for a sample or somebody else's picture.
        changes: what loading changed of it.
        max_side: pixels that neither side was allowed to exceed when it was loaded.
    """

    name: str
    token: str
    digest: str
    pixels: np.ndarray = field(repr=False)
    file: str = ""
    changes: tuple[Change, ...] = ()
    max_side: int = MAX_SIDE
