"""Sentences about a run: how far it is, how long it will take, how it ended."""

from app.drawing.numbers import percent_text
from app.lessons.watch_it_learn.train.runs import QueuePlace, TrainingRun
from app.lessons.watch_it_learn.train.settings import (
    AUGMENTATIONS,
    FUNCTIONS,
    KINDS,
    OPTIMIZERS,
    POOLINGS,
)
from cnn_core.networks.training.plan import TrainingPlan

_ENDS = {
    "finished": "Finished",
    "stopped": "Stopped",
    "exploded": "Exploded: the loss is no longer a finite number. Use a smaller learning rate",
    "refused": "Not possible",
    "lost": "Lost",
}


def seconds_text(seconds: float | None) -> str:
    """Write a time roughly, as an estimate deserves.

    >>> seconds_text(0.4), seconds_text(12.3), seconds_text(200), seconds_text(None)
    ('1 s', '12 s', '3 min', '')
    """
    if seconds is None:
        return ""
    if seconds < 120:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min"


def status_text(run: TrainingRun, place: QueuePlace) -> str:
    """Say where a run is."""
    if run.state == "waiting":
        others = f"{place.ahead} training{'s' if place.ahead > 1 else ''} before this one"
        wait = seconds_text(place.wait_s)
        return f"In the queue: {others}" + (f", about {wait}." if wait else ".")
    done = f"Epoch {run.epochs_done:.2f} of {run.plan.epochs}"
    if run.is_active:
        if run.stopping:
            return f"{done}. Stopping…"
        if not run.progress:
            return "Starts: the pictures are loaded."
        pace = _pace_text(run)
        left = seconds_text(place.left_s)
        if run.state == "paused":
            waits = " Others wait: after a minute it is stopped." if place.behind else ""
            return f"{done}. Paused.{waits}"
        return done + (f" · {pace}" if pace else "") + (f" · about {left} left" if left else "")
    why = f" {run.sentence}" if run.sentence else ""
    took = f" after {seconds_text(run.seconds)} of training" if run.seconds else ""
    return f"{_ENDS[run.state]}{took}. {done}.{why}"


def _pace_text(run: TrainingRun) -> str:
    if run.epochs_done < 0.25:
        return ""
    return f"{run.seconds / run.epochs_done:.1f} s an epoch"


def score_text(run: TrainingRun) -> str:
    """Say how good a run is: the best accuracy on all test pictures so far."""
    best = run.best
    if best is None:
        return ""
    return (
        f"Best test accuracy: {percent_text(best['test_accuracy'])}, after epoch "
        f"{best['epoch']:.0f}"
    )


def plan_text(plan: TrainingPlan) -> str:
    """Write a plan in one line.

    >>> plan_text(TrainingPlan())
    'CNN, 2 × 16 maps, 5 × 5, max pooling, ReLU, batch norm, Adam 0.002, batch 64'
    """
    if plan.kind == "cnn":
        side = f"{plan.kernel} × {plan.kernel}"
        pooling = "no" if plan.pooling == "none" else POOLINGS[plan.pooling].lower()
        parts = [f"{plan.layers} × {plan.maps} maps", side, f"{pooling} pooling"]
    else:
        parts = [f"{plan.layers} × {plan.units} units"]
    function = FUNCTIONS[plan.activation]
    parts += [
        "no activation" if function == "None" else function,
        "batch norm" if plan.batch_norm else "no batch norm",
        *([f"dropout {100 * plan.dropout:g} %"] if plan.dropout else []),
        *([f"weight decay {plan.weight_decay:g}"] if plan.weight_decay else []),
        *([AUGMENTATIONS[plan.augmentation].lower()] if plan.augmentation != "none" else []),
        f"{OPTIMIZERS[plan.optimizer]} {plan.learning_rate:g}",
        f"batch {plan.batch}",
        *([f"seed {plan.seed}"] if plan.seed else []),
    ]
    return ", ".join([KINDS[plan.kind], *parts])


def network_text(plan: TrainingPlan, *, others: int = 0) -> str:
    """Write how large a network is before it is trained, and how many trainings come first.

    >>> network_text(TrainingPlan(kind="dense", layers=1, units=16, batch_norm=False), others=1)
    'Not trained yet: 12,730 parameters. 1 training is under way or waits on this server.'
    """
    words = f"Not trained yet: {plan.parameters:,} parameters."
    if not others:
        return f"{words} The weights are random."
    verbs = "training is under way or waits" if others == 1 else "trainings are under way or wait"
    return f"{words} {others} {verbs} on this server."
