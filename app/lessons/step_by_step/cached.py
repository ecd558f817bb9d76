"""What Step by step computes once for each picture and each choice of settings."""

from collections.abc import Mapping

import numpy as np

from app.caching import MIB, cached
from app.lessons.step_by_step.scene import make_scene
from app.lessons.step_by_step.scene.parts import Scene
from app.lessons.step_by_step.settings import read_settings

_DISPLAY_ONLY = ("walk_speed", "walk_at", "walk_letters")


@cached(max_bytes=32 * MIB)
def cached_scene(texts: tuple[tuple[str, str], ...], digest: str, _image: np.ndarray) -> Scene:
    """Return a whole slide, computed and printed; `texts` are the settings of Step by step."""
    return make_scene(read_settings(dict(texts)), _image)


def shaping_texts(texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Pick the settings that a scene depends on, in an order that caches recognize."""
    return tuple(sorted((key, text) for key, text in texts.items() if key not in _DISPLAY_ONLY))
