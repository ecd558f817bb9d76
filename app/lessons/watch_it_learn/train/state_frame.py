"""What a page is told about its run: a frame with a header, and the pictures of its inside."""

import hashlib
from typing import Any

from app.drawing.frame import pack
from app.lessons.watch_it_learn.train.runs import RUNS, TrainingRun
from app.lessons.watch_it_learn.train.words import score_text, status_text
from cnn_core.networks.training.plan import TrainingPlan


def plan_name(plan: TrainingPlan) -> str:
    """Name what a network is made of and starts from: the same for plans that look the same."""
    kept = {
        name: value
        for name, value in plan.matters.items()
        if name in ("kind", "layers", "maps", "units", "kernel", "pooling", "seed", "batch_norm")
        or name == "activation"
    }
    return hashlib.blake2b(repr(sorted(kept.items())).encode(), digest_size=8).hexdigest()


def run_header(run: TrainingRun | None) -> dict[str, Any]:
    """Describe a run, or that there is none."""
    if run is None:
        return {"state": "none", "version": 0, "status": "", "score": "", "points": 0, "run": ""}
    return {
        "state": run.state,
        "isActive": run.is_active,
        "version": run.version,
        "status": status_text(run, RUNS.place(run)),
        "score": score_text(run),
        "points": len(run.points),
        "run": run.name,
        "plan": plan_name(run.plan),
        "inside": run.header or None,
    }


def run_frame(run: TrainingRun | None, *, kind: str, sequence: int, known: int) -> bytes:
    """Pack a run's header; its pictures too, unless the page has them: `known` is its version."""
    header = run_header(run)
    is_new = run is not None and run.version > known
    blobs = run.blobs if run and is_new else ()
    if not is_new:
        header.pop("inside", None)
    return pack({"kind": kind, "sequence": sequence, **header}, blobs)
