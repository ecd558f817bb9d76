"""What can be chosen on the stage of "On maps": layer, map, batch, mode, gamma and beta."""

from typing import Any

from app.drawing.numbers import percent_text
from app.lessons.batch_norm.maps.batch import gamma_beta
from app.lessons.batch_norm.maps.settings import (
    CHANNELS,
    FARTHEST,
    LAYERS,
    MODES,
    SIZES,
    MapsSettings,
)
from app.lessons.batch_norm.points.frame import fixed
from app.networks.garments import label_of
from app.networks.settings import SOURCES, bundled_pictures
from cnn_core.networks.experiments.forgotten_findings import load_forgotten


def choices(settings: MapsSettings) -> dict[str, Any]:
    """Describe the controls and what is chosen in each."""
    gamma, beta = gamma_beta(settings)
    return {
        "controls": [
            _choice("norm_layer", "Batch norm", settings.layer, LAYERS),
            _slider(
                "norm_channel",
                "Map",
                str(settings.channel),
                f"{settings.channel} of 0–{CHANNELS[settings.layer] - 1}",
                (0, CHANNELS[settings.layer] - 1, 1),
            ),
            {
                **_slider(
                    "norm_size",
                    "Batch size",
                    str(settings.size),
                    str(settings.size),
                    (0, len(SIZES) - 1, 1),
                ),
                "stops": list(SIZES),
            },
        ],
        "own": [
            _slider("norm_gamma", "γ", f"{gamma:.2f}", fixed(gamma), (-FARTHEST, FARTHEST, 0.05)),
            _slider("norm_beta", "β", f"{beta:.2f}", fixed(beta), (-FARTHEST, FARTHEST, 0.05)),
        ],
        "is_trained": settings.gamma is None and settings.beta is None,
        "modes": [{"key": key, "name": name} for key, name in MODES.items()],
        "mode": "train" if settings.is_training else "eval",
        "member": "in" if settings.is_member else "out",
        "others": settings.others,
        "is_alone": settings.size == 1,
        "damage": damage_text(settings),
        "input": input_header(settings),
    }


def damage_text(settings: MapsSettings) -> str:
    """Write how often the network classifies correctly in this mode, as recorded."""
    recording = load_forgotten()
    reference = percent_text(recording.in_evaluation.share)
    if not settings.is_training:
        said = f"{reference} of {recording.in_evaluation.trials:,} test pictures"
    else:
        share = percent_text(recording.mean(settings.size))
        said = f"{share} in batches of {settings.size}, {reference} with eval()"
    return f"Ticks on the bars: with eval().\nClassified correctly: {said}"


def input_header(settings: MapsSettings) -> dict[str, Any]:
    """Describe which picture is looked at, as `InputHeader` of app/browser/input_choice.js."""
    chosen = settings.input
    offered = {
        key: name.capitalize()
        for key, name in SOURCES.items()
        if key != "drawn" or chosen.source == "drawn" or chosen.drawing is not None
    }
    garment = None
    if chosen.source == "garment":
        last = len(bundled_pictures().labels) - 1
        garment = {"at": chosen.garment, "last": last, "name": label_of(chosen)}
    return {
        "source": chosen.source,
        "sources": [{"key": key, "name": name} for key, name in offered.items()],
        "garment": garment,
        "words": "",
    }


def _slider(
    key: str, label: str, value: str, text: str, ends: tuple[float, float, float]
) -> dict[str, Any]:
    low, high, step = ends
    return {
        "type": "slider",
        "key": key,
        "label": label,
        "value": value,
        "text": text,
        "min": low,
        "max": high,
        "step": step,
    }


def _choice(key: str, label: str, value: str, names: dict[str, str]) -> dict[str, Any]:
    options = [[one, name] for one, name in names.items()]
    return {"type": "choice", "key": key, "label": label, "value": value, "options": options}
