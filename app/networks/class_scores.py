"""The class scores of a trace: the most probable by name, and what they sum up to."""

from typing import TYPE_CHECKING, Any

import numpy as np

from app.drawing.numbers import percent_text

if TYPE_CHECKING:
    from cnn_core.networks import Trace

SHOWN = 5
_ALL_UP_TO = 10


def scores_view(trace: "Trace") -> dict[str, Any]:
    """Describe the best classes, best first; a network with few classes shows them all.

    Groups of classes that the network names, as cats and dogs, are summed.
    """
    scores = trace.scores
    classes = trace.network.classes
    count = len(classes) if len(classes) <= _ALL_UP_TO else SHOWN
    order = np.argsort(-scores, kind="stable")[:count]
    rows = [
        {
            "channel": int(at),
            "name": classes[at],
            "share": float(scores[at]),
            "text": percent_text(float(scores[at])),
        }
        for at in order
    ]
    view: dict[str, Any] = {
        "layer": trace.network.layers[-1].name,
        "rows": rows,
        "total": f"of {len(classes):,} classes" if count < len(classes) else "",
    }
    if groups := trace.network.groups:
        shares = [float(scores[list(group.classes)].sum()) for group in groups]
        view["groups"] = [
            {"name": group.name, "share": share, "text": percent_text(share)}
            for group, share in zip(groups, shares, strict=True)
        ]
        members = " and ".join(f"{len(group.classes)} {group.members}" for group in groups)
        view["groups_text"] = f"all {members}, summed"
    return view
