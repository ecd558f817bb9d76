"""What the page sends to the three answers: the held-out pictures, what is given, the bars."""

from typing import Any

import numpy as np

from app.drawing.colors import activation
from app.drawing.encode import encode_jpeg, encode_png
from app.drawing.frame import Blob, pack
from app.drawing.numbers import number_text, probability_text
from app.lessons.cats_vs_dogs.small_pictures import small_address
from app.lessons.cats_vs_dogs.starts.charts import START_INKS
from app.lessons.cats_vs_dogs.starts.situation import StartsSituation
from app.lessons.cats_vs_dogs.teach.charts import INKS
from cnn_core.networks.three_starts import STARTS

_STRIP_ROWS = 32
"""Of the picture of all features: 1,280 are 32 rows of 40."""


def answers_frame(on: StartsSituation) -> bytes:
    """Pack the held-out pictures, and for the shown one what each start is given and gives."""
    shares, row = on.shares, on.row
    side = on.settings.side
    strip = activation(on.features.reshape(_STRIP_ROWS, -1))
    given = (
        f"{on.features.size:,} features: dark 0, bright {number_text(strip.limit, digits=2)}",
        f"{side} × {side} pixels",
        f"{3 * side * side:,} numbers, one by one",
    )
    starts = [
        {
            "key": key,
            "title": title,
            "ink": START_INKS[at],
            "given": given[at],
            "verdict": _verdict(on, shares[at], None if row is None else row.label),
            "is_wrong": row is not None and int(shares[at].argmax()) != row.label,
            "bars": [
                {
                    "name": name,
                    "share": round(float(share), 5),
                    "text": probability_text(float(share)),
                    "ink": INKS[on.position(label)],
                }
                for label, (name, share) in enumerate(zip(on.names, shares[at], strict=True))
            ],
        }
        for at, (key, title) in enumerate(STARTS.items())
    ]
    header = {
        "tiles": _tiles(on),
        "title": _title(on),
        "starts": starts,
        "alt": on.picture.name if row is None else row.picture.name,
    }
    return pack(
        header,
        [
            Blob(name="view", type="image/jpeg", data=encode_jpeg(on.view)),
            Blob(name="pretrained", type="image/png", data=encode_png(strip.picture)),
            Blob(name="small", type="image/png", data=encode_png(on.small)),
        ],
    )


def _tiles(on: StartsSituation) -> list[dict[str, Any]]:
    tiles = []
    for at, which in enumerate(on.starts.held.tolist()):
        row = on.rows[which]
        right = on.held_right[:, at].tolist()
        tiles.append(
            {
                "key": str(at),
                "name": f"{row.picture.name}, {on.names[row.label]}: {_by(right)}",
                "address": small_address(row.picture),
                "right": right,
                "pressed": on.shown == at,
            }
        )
    return tiles


def _by(right: list[bool]) -> str:
    return f"{sum(right)} of {len(right)} starts have it right"


def _title(on: StartsSituation) -> str:
    row = on.row
    if row is None:
        return f"{on.picture.name}: your picture"
    return f"Held out: {row.picture.name} (class {on.names[row.label]})"


def _verdict(on: StartsSituation, shares: np.ndarray, label: int | None) -> str:
    given = int(shares.argmax())
    if label is None:
        return on.names[given]
    return f"{on.names[given]}: {'right' if given == label else 'wrong'}"
