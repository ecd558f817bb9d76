"""The card on the start page: the picture, and how probable a cat, a dog and neither are."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from app.drawing.numbers import percent_text
from app.drawing.thumbnail import SIDE, middle_square
from app.lessons.cats_vs_dogs.settings import NETWORK
from app.networks.prediction import predicted
from app.networks.settings import NetworkInput
from app.networks.work import Priority, in_turn
from cnn_core.networks.animals import animal_verdict

_LINE = 30
_PAPER, _INK, _BAR, _GROUND = (250, 250, 250), (20, 28, 38), (43, 74, 111), (222, 226, 232)


def thumbnail(pixels: np.ndarray, digest: str) -> np.ndarray:
    """Draw the picture above three bars, uint8 (H, W, 3)."""
    shown = NetworkInput(pixels=pixels, digest=digest)
    scores = in_turn(Priority.UNIT, predicted, NETWORK, shown).scores
    found = animal_verdict(scores)
    card = Image.fromarray(middle_square(pixels))
    draw = ImageDraw.Draw(card)
    font = ImageFont.load_default(19)
    top = SIDE - 3 * _LINE - 6
    draw.rectangle((0, top, SIDE, SIDE), fill=_PAPER)
    rows = (("cat", found.cat), ("dog", found.dog), ("neither", found.neither))
    for at, (name, share) in enumerate(rows):
        middle = top + 3 + _LINE * at + _LINE // 2
        draw.text((8, middle), name, fill=_INK, font=font, anchor="lm")
        draw.rectangle((78, middle - 8, 168, middle + 8), fill=_GROUND)
        draw.rectangle((78, middle - 8, 78 + round(90 * share), middle + 8), fill=_BAR)
        draw.text((SIDE - 6, middle), _percent(share), fill=_INK, font=font, anchor="rm")
    return np.asarray(card)


def _percent(share: float) -> str:
    return percent_text(share).replace("under ", "< ").replace("over ", "> ")
