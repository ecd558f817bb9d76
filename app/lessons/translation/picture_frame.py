"""The picture in use, shifted: its maps, their difference, the errors of every kind of layer."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np

from app.caching import MIB, cached
from app.drawing import colors
from app.drawing.encode import encode_for_screen
from app.drawing.frame import Blob
from app.drawing.legend import scale_ends
from app.drawing.numbers import number_text, shape_text
from app.lessons.translation.settings import (
    COMPARED,
    MOST_LAYERS,
    MOST_SHIFT,
    TranslationSettings,
)
from app.lessons.translation.words import shift_words
from cnn_core.images import grayscale
from cnn_core.translation import DOWNSAMPLINGS, Downsampling, ShiftedMaps, translate, whole_cells

MapsOfAll: TypeAlias = Mapping[Downsampling, ShiftedMaps]
"""The maps of one picture, by the kind of layer that makes them."""

INKS: Mapping[Downsampling, str] = {
    "none": "#8a8f98",
    "max": "#0a84d0",
    "average": "#d98c00",
    "stride": "#d5461e",
    "blur": "#0a9e73",
}
"""Of Okabe and Ito's palette, which color-blind readers can tell apart."""

DIFFERENCE_LIMIT = 128.0
"""Where the scale of differences ends: always there, so that a color keeps its meaning."""


@cached(max_bytes=48 * MIB, size=lambda maps: 24 * maps["none"].image.size)
def maps_of_all(whose: str, layers: int, _image: np.ndarray) -> MapsOfAll:
    """Return the maps of a picture in gray, uint8 (H, W, 3), for every kind of layer.

    Args:
        whose: the picture's digest or token.
        layers: how many layers there are in a row.

    Raises:
        CnnCoreError: if the picture is too small for so many layers.
    """
    gray = whole_cells(grayscale(_image), layers)
    return {kind: ShiftedMaps(image=gray, kind=kind, layers=layers) for kind in DOWNSAMPLINGS}


def error_of(maps: ShiftedMaps, settings: TranslationSettings) -> float:
    """Compare the maps of the picture and of its shifted copy, as the settings say."""
    compared = maps.error_moved_along if settings.moved_along else maps.error
    return compared(settings.by)


def picture_frame(
    maps: MapsOfAll, settings: TranslationSettings, *, whose: str, preview: bool = False
) -> tuple[dict[str, Any], list[Blob]]:
    """Draw the shifted picture and its maps.

    Args:
        maps: of the picture.
        settings: the shift, the kind of layer, the way to compare.
        whose: the picture's token, to tell whose frame this is.
        preview: whether a hand drags: packed quickly, and without the map of the unshifted picture,
            which stays as it is.

    Returns:
        A header and the pictures it speaks of, to be packed.
    """
    shown = maps[settings.downsampling]
    by, image = settings.by, maps["none"].image
    before, after = shown.at((0, 0)), shown.at(by)
    difference = shown.difference(by, moved_along=settings.moved_along)
    errors = {kind: error_of(one, settings) for kind, one in maps.items()}
    error = number_text(errors[settings.downsampling], digits=3)
    colored = colors.signed(difference, limit=DIFFERENCE_LIMIT)
    panels = {
        "shifted": ("Picture", "in gray", translate(image, by)),
        "before": ("Map before", shape_text(before.shape), _gray(before)),
        "after": ("Map after", shape_text(after.shape), _gray(after)),
        "difference": ("Difference", f"MSE {error}", colored.picture),
    }
    compared = "moved" if settings.moved_along else "place"
    sent = [key for key in panels if not (preview and key == "before")]
    header = {
        "kind": "shift_picture",
        "about": about(settings, whose),
        "by": list(by),
        "most": MOST_SHIFT,
        "height": image.shape[0],
        "width": image.shape[1],
        "panels": [
            {
                "key": key,
                "title": title,
                "note": note,
                "alt": f"{title}{', ' if note else ''}{note}",
                "aspect": image.shape[1] / image.shape[0],
                "dots": min(pixels.shape[:2]) <= 160,
                "legend": _legend(colored) if key == "difference" else None,
            }
            for key, (title, note, pixels) in panels.items()
            if key in sent
        ],
        "rows_title": f"Mean squared error, {COMPARED[compared]}",
        "rows": _rows(errors, settings),
        "words": shift_words(shown, settings),
        "choices": [
            _layers_choice(settings),
            {
                "key": "shift_compare",
                "label": "Compare the maps",
                "value": compared,
                "options": list(COMPARED.items()),
            },
        ],
    }
    return header, [_blob(key, panels[key][2], preview=preview) for key in sent]


def too_small_frame(settings: TranslationSettings) -> dict[str, Any]:
    """Describe what is left where the picture is too small for so many layers: to choose fewer."""
    return {
        "about": "",
        "rows_title": "",
        "rows": [],
        "words": "",
        "choices": [_layers_choice(settings)],
    }


def _layers_choice(settings: TranslationSettings) -> dict[str, Any]:
    return {
        "key": "shift_layers",
        "label": "Layers in a row",
        "value": str(settings.layers),
        "options": [(str(n), str(n)) for n in range(1, MOST_LAYERS + 1)],
    }


def about(settings: TranslationSettings, whose: str) -> str:
    """Name a picture and everything that is chosen apart from the shift."""
    chosen = (settings.downsampling, settings.layers, settings.moved_along)
    return " ".join(map(str, (whose, *chosen)))


def _rows(errors: Mapping[Downsampling, float], settings: TranslationSettings) -> list[Any]:
    longest = max(errors.values()) or 1.0
    return [
        {
            "key": kind,
            "name": DOWNSAMPLINGS[kind],
            "text": number_text(error, digits=3),
            "share": error / longest,
            "was": None,
            "ink": INKS[kind],
            "setting": "shift_downsampling",
            "pressed": kind == settings.downsampling,
        }
        for kind, error in errors.items()
    ]


def _gray(values: np.ndarray) -> np.ndarray:
    # One channel is enough for a gray picture: a third of the bytes.
    return colors.as_photograph(values).picture[:, :, 0]


def _blob(key: str, pixels: np.ndarray, *, preview: bool) -> Blob:
    data, media_type = encode_for_screen(pixels, preview=preview)
    return Blob(name=key, type=media_type, data=data)


def _legend(colored: colors.Colored) -> dict[str, str]:
    ends = scale_ends("signed", colored.limit, bounds=(colored.low, colored.high))
    return {
        "low": ends.low,
        "middle": ends.middle,
        "high": ends.high,
        "gradient": colors.css_gradient("signed"),
    }
