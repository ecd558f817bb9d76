"""What Step by step computes once for each picture and each choice of settings."""

import numpy as np

from app.caching import MIB, cached
from app.lessons.step_by_step.scene import make_scene
from app.lessons.step_by_step.scene.parts import Scene
from app.lessons.step_by_step.settings import read_settings


@cached(max_bytes=32 * MIB)
def cached_scene(texts: tuple[tuple[str, str], ...], digest: str, _image: np.ndarray) -> Scene:
    """Return a whole slide, computed and printed; `texts` are the settings of Step by step."""
    return make_scene(read_settings(dict(texts)), _image)
