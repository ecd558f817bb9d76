"""Class bars before and after a change of the picture."""

from collections.abc import Sequence

import numpy as np

from app.drawing.numbers import percent_text


def compared_scores(
    classes: Sequence[str],
    before: np.ndarray,
    after: np.ndarray,
    *,
    chosen: int | None,
    count: int = 5,
) -> list[dict[str, object]]:
    """List classes with their probability before and after: the best of both, and the chosen one.

    The order is that of before, so that bars change length and not places.

    Args:
        classes: their names.
        before: the probabilities of the picture as it is, (classes,).
        after: the probabilities of the changed picture.
        chosen: a class that is listed whatever its probability.
        count: how many of the best before are listed.
    """
    best = np.argsort(-before, kind="stable")[:count].tolist()
    newly = [int(at) for at in np.argsort(-after, kind="stable")[:2] if at not in best]
    listed = [*best, *newly[:1]]
    if chosen is not None and chosen not in listed:
        listed.append(chosen)
    return [
        {
            "channel": int(at),
            "name": classes[at],
            "before": round(float(before[at]), 5),
            "after": round(float(after[at]), 5),
            "text": percent_text(float(after[at])),
            "was": percent_text(float(before[at])),
            "new": at in newly,
        }
        for at in listed
    ]
