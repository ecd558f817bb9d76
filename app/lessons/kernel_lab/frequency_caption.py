"""What the picture of a kernel's frequency response shows, in words."""

import math

from app.drawing.numbers import close_text


def frequency_caption(highest: float, *, dilation: int) -> str:
    """Write the caption.

    Args:
        highest: how much the kernel strengthens a wave at most.
        dilation: the distance between the pixels that are multiplied.

    >>> frequency_caption(8.0, dilation=1).partition("removed. ")[2]
    'Bright: kept, up to 8 times as strong.'
    """
    if highest == 0:
        return "Everything is removed: all weights are 0."
    if math.isclose(highest, 1, rel_tol=1e-6):
        kept = "at most unchanged"
    else:
        kept = f"{'up to' if highest > 1 else 'at most'} {close_text(highest)} times as strong"
    repeated = (
        f" With dilation {dilation} this pattern repeats {dilation} times a side."
        if dilation > 1
        else ""
    )
    return (
        f"Center: broad shapes. Edge: fine stripes. Dark: removed. Bright: kept, {kept}.{repeated}"
    )
