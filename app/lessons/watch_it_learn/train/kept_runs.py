"""The last runs of a visitor, compared; their weights, and a program that repeats each."""

import streamlit as st

from app.drawing.numbers import percent_text
from app.lessons.watch_it_learn.train.repeat import repeat_program
from app.lessons.watch_it_learn.train.runs import TrainingRun
from app.lessons.watch_it_learn.train.words import plan_text, seconds_text

_COLUMNS = ("Run", "Network and training", "Best test accuracy")


def kept_runs(runs: list[TrainingRun]) -> None:
    """Compare a visitor's runs in a table, and offer what can be taken away."""
    st.subheader("Your last runs", anchor=False)
    st.caption(
        "The last five trainings are kept here, with their weights. A training goes on when this "
        "page is loaded again. It stops one minute after the page is closed."
    )
    if not runs:
        return
    st.markdown(table_text(runs))
    with_weights = [run for run in runs if run.weights]
    if not with_weights:
        return
    with st.popover("Take away: weights and a program"):
        for run in with_weights:
            st.download_button(
                f"Weights of run {run.number} (safetensors)",
                run.weights,
                f"run_{run.number}.safetensors",
                key=f"learn_weights_{run.number}",
                on_click="ignore",
            )
            st.download_button(
                f"Program that repeats run {run.number}",
                repeat_program(run.plan, run.pictures),
                f"run_{run.number}.py",
                key=f"learn_repeat_{run.number}",
                on_click="ignore",
            )


def table_text(runs: list[TrainingRun]) -> str:
    """Write the table as Markdown, the newest run first."""
    lines = [f"| {' | '.join(_COLUMNS)} |", f"|{'---|' * len(_COLUMNS)}"]
    for run in reversed(runs):
        best = run.best
        accuracy = percent_text(best["test_accuracy"]) if best else "no full epoch yet"
        took = f", {seconds_text(run.seconds)}" if run.seconds else ""
        cells = (
            f"{run.number}",
            f"{plan_text(run.plan)}; {run.plan.parameters:,} parameters",
            f"**{accuracy}**; {run.epochs_done:.3g} of {run.plan.epochs} epochs{took}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
