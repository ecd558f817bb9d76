"""The last runs of a visitor, compared; their weights, and a program that repeats each."""

import streamlit as st

from app.drawing.numbers import percent_text
from app.lessons.watch_it_learn.train.repeat import repeat_program
from app.lessons.watch_it_learn.train.runs import RUNS, Run
from app.lessons.watch_it_learn.train.words import plan_text, seconds_text

_COLUMNS = ("Run", "Network and training", "Weights", "Epochs", "Best test accuracy", "Time")


@st.fragment
def kept_runs(owner: str) -> None:
    """Compare the runs in a table, and offer what can be taken away."""
    runs = RUNS.of(owner)
    st.subheader("Your last runs", anchor=False)
    if not runs:
        st.caption("The last five trainings are kept here, with their weights.")
        return
    st.markdown(table_text(runs))
    with_weights = [run for run in runs if run.weights]
    if not with_weights:
        return
    with st.container(horizontal=True, key="learn_train_take"):
        for run in with_weights:
            st.download_button(
                f"Weights of run {run.number}",
                run.weights,
                f"run_{run.number}.safetensors",
                key=f"learn_weights_{run.number}",
                on_click="ignore",
            )
        newest = with_weights[-1]
        st.download_button(
            f"Program that repeats run {newest.number}",
            repeat_program(newest.plan, newest.pictures),
            f"run_{newest.number}.py",
            key="learn_repeat",
            on_click="ignore",
        )


def table_text(runs: list[Run]) -> str:
    """Write the table as Markdown, the newest run first."""
    lines = [f"| {' | '.join(_COLUMNS)} |", f"|{'---|' * len(_COLUMNS)}"]
    for run in reversed(runs):
        best = run.best
        accuracy = percent_text(best["test_accuracy"]) if best else "not measured yet"
        cells = (
            f"{run.number}",
            plan_text(run.plan),
            f"{run.plan.parameters:,}",
            f"{run.epochs_done:.3g} of {run.plan.epochs}",
            accuracy,
            seconds_text(run.seconds) if run.seconds else "",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
