"""Test pictures of garments to choose from: a page of them as one picture, and what each is."""

from typing import Any

import numpy as np

from app.drawing.encode import encode_png
from app.drawing.frame import Blob
from app.drawing.tiles import tiled
from app.networks.garments import Choice, chosen
from app.networks.settings import bundled_pictures
from cnn_core.datasets import FASHION_CLASSES
from cnn_core.networks.accuracy import recorded_classes
from cnn_core.networks.models import registry

COLUMNS = 10
A_PAGE = 60


def garment_sheet(choice: Choice, first: int) -> tuple[list[Blob], dict[str, Any]]:
    """Draw one page of the pictures that are looked for.

    Args:
        choice: which.
        first: how many of them come before this page; an end beyond the last is an empty page.
    """
    data, given = bundled_pictures(), recorded_classes(choice.network)
    found = chosen(choice)
    page = found[first : first + A_PAGE]
    pictures = [
        {
            "index": int(at),
            "label": FASHION_CLASSES[data.labels[at]],
            "given": "" if given is None else FASHION_CLASSES[given[at]],
        }
        for at in page
    ]
    blobs = []
    if len(page):
        pixels = np.repeat(data.images[page][..., None], 3, axis=3)
        sheet = encode_png(tiled(pixels, COLUMNS))
        blobs.append(Blob(name="garments", type="image/png", data=sheet))
    return blobs, {
        "first": first,
        "count": len(found),
        "columns": COLUMNS,
        "page": A_PAGE,
        "pictures": pictures,
        "text": count_text(choice),
    }


def count_text(choice: Choice) -> str:
    """Say how many pictures there are, and how many of them are classified wrongly.

    >>> count_text(Choice(network="fashion_cnn", label=FASHION_CLASSES.index("Shirt")))
    'Fashion CNN classifies 189 of these 1,000 test pictures wrongly.'
    """
    all_of_them = len(chosen(Choice(network=choice.network, label=choice.label)))
    if recorded_classes(choice.network) is None:
        return f"{all_of_them:,} test pictures."
    wrong = len(chosen(Choice(network=choice.network, label=choice.label, wrong=True)))
    title = registry.defined(choice.network).title
    return f"{title} classifies {wrong:,} of these {all_of_them:,} test pictures wrongly."
