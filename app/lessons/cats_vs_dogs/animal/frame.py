"""What the page sends to the stage of the view animal."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from app.drawing.colors import css_gradient
from app.drawing.frame import pack
from app.drawing.numbers import number_text, percent_text
from app.lessons.cats_vs_dogs.animal.sheet import SheetRow
from app.lessons.cats_vs_dogs.animal.situation import AnimalSituation
from app.lessons.cats_vs_dogs.settings import NETWORK
from app.lessons.cats_vs_dogs.small_pictures import small_address
from app.networks.attribution_drawing import overlay_blob
from app.networks.prediction import predicted
from app.networks.view_picture import view_blob
from cnn_core.networks.imagenet import CAT_CLASSES, DOG_CLASSES

_BREEDS = 4


def animal_frame(
    on: AnimalSituation,
    values: np.ndarray | None,
    rows: Sequence[SheetRow],
    *,
    chosen: str,
    extra: Mapping[str, Any],
) -> bytes:
    """Pack the verdict on the picture in use, and the sheet.

    Args:
        on: what is on the screen.
        values: Grad-CAM of the breed, (H, W); None while it is not there.
        rows: the pictures of the sheet, in order.
        chosen: the setting of the picture in use.
        extra: where files of the visitor go, and what else belongs into the header.
    """
    found = on.verdict
    name = on.classes[explained_class(on)]
    blobs = [view_blob(predicted(NETWORK, on.shown).view)]
    if values is not None:
        blobs.append(overlay_blob(values))
    return pack(
        {
            "verdict": "Neither" if found.animal == "neither" else f"A {found.animal}",
            "breed": _breed_text(on),
            "bars": [
                _bar("Cat", found.cat),
                _bar("Dog", found.dog),
                _bar("Neither of them", found.neither),
            ],
            "breeds_title": "The most probable cats and dogs",
            "breeds": [_bar(on.classes[at], float(on.scores[at])) for at in _breeds(on)],
            "threshold": on.threshold,
            "either_text": f"Cat or dog: {percent_text(found.either)}",
            "either": found.either,
            "legend": {
                "title": f"Grad-CAM for “{name}”",
                "low": "0",
                "high": "…" if values is None else number_text(float(values.max()), digits=3),
                "gradient": css_gradient("activation"),
            },
            "alt": f"{on.picture.name}, as the network is shown it, with Grad-CAM for {name}",
            "sheet": [
                {
                    "setting": row.picture.setting,
                    "digest": row.picture.picture.digest,
                    "name": row.picture.name,
                    "address": small_address(row.picture.picture),
                    "text": row.text,
                    "animal": row.verdict.animal if row.verdict else "",
                    "chosen": row.picture.setting == chosen,
                }
                for row in rows
            ],
            **extra,
        },
        blobs,
    )


def explained_class(on: AnimalSituation) -> int:
    """Return the class whose Grad-CAM lies over the picture: the breed, else the best of all."""
    return on.best if on.verdict.animal == "neither" else on.verdict.breed


def _breed_text(on: AnimalSituation) -> str:
    at = explained_class(on)
    share = percent_text(float(on.scores[at]))
    kind = "Most probable class" if on.verdict.animal == "neither" else "Most probable breed"
    return f"{kind}: {on.classes[at]}, {share}"


def _breeds(on: AnimalSituation) -> list[int]:
    among = [*CAT_CLASSES, *DOG_CLASSES]
    return sorted(among, key=lambda at: -float(on.scores[at]))[:_BREEDS]


def _bar(name: str, share: float) -> dict[str, Any]:
    return {"name": name, "share": round(share, 5), "text": percent_text(share)}
