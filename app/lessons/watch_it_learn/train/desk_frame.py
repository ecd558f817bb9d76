"""What the page sends to the training desk: whose it is, and the network before it is trained."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.caching import MIB, cached
from app.drawing.frame import Blob, pack
from app.lessons.watch_it_learn.train.frame import inside_frame, watched_blob
from app.lessons.watch_it_learn.train.runs import TrainingRun
from app.lessons.watch_it_learn.train.state_frame import plan_name, run_header
from cnn_core.networks.training.plan import TrainingPlan


@cached(max_bytes=4 * MIB)
def untrained(
    plan: TrainingPlan, watched_digest: str, _watched: np.ndarray
) -> tuple[dict[str, Any], list[Blob]]:
    """Draw the network of a plan before its first step, and what it makes of a picture."""
    from cnn_core.networks.training.run import begin, inside

    return inside_frame(inside(begin(plan), _watched))


def desk_frame(
    plan: TrainingPlan,
    preview: tuple[dict[str, Any], list[Blob]],
    run: TrainingRun | None,
    *,
    watched: np.ndarray,
    watched_name: str,
    extra: Mapping[str, Any],
) -> bytes:
    """Pack all that the desk begins with: the preview, and the owner's newest run if there is one.

    `watched` is the picture that is watched, uint8 (28, 28).
    """
    inside, blobs = preview
    header = {
        **extra,
        "plan": plan_name(plan),
        "inside": inside,
        "told": run_header(run),
        "watched": watched_name,
    }
    return pack(header, [watched_blob(watched), *blobs])
