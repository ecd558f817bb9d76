"""What a network is shown of the picture in use, in words."""

from cnn_core.networks.preparation import Preparation


def view_words(preparation: Preparation, shape: tuple[int, ...]) -> str:
    """Say which part of a picture of `shape` (height, width, ...) is the input, and how large.

    >>> photographs = Preparation(size=(224, 224), color=True, offset=127, scale=128)
    >>> view_words(photographs, (341, 512, 3))
    'The input of the network is the middle 341 × 341 of 341 × 512 pixels, reduced to 224 × 224.'
    >>> view_words(photographs, (100, 100, 3))
    'The input of the network is all 100 × 100 pixels, enlarged to 224 × 224.'
    >>> nearest = Preparation(size=(224, 224), color=True, offset=127, scale=128, crop=0.875)
    >>> view_words(nearest, (5, 7, 3))
    'The input of the network is about the middle 4 × 4 of 5 × 7 pixels, enlarged to 224 × 224.'
    """
    frame = preparation.frame(shape)
    seen = [max(1, round(frame.height)), max(1, round(frame.width))]
    about = "" if seen == [frame.height, frame.width] else "about "
    part = f"{about}the middle {_by(seen)} of {_by(shape[:2])} pixels"
    if seen == list(shape[:2]):
        part = f"all {_by(seen)} pixels"
    resized = ""
    if tuple(seen) != preparation.size:
        verb = "reduced" if seen[0] > preparation.size[0] else "enlarged"
        resized = f", {verb} to {_by(preparation.size)}"
    gray = "" if preparation.color else ", in gray"
    return f"The input of the network is {part}{resized}{gray}."


def _by(size: tuple[int, ...] | list[int]) -> str:
    return f"{size[0]} × {size[1]}"
