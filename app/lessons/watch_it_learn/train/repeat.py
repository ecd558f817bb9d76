"""A complete program that repeats a run, and draws the same curve."""

from dataclasses import fields

from app.guide.programs import program_text
from app.lessons.watch_it_learn.train.messages import Pictures
from cnn_core.networks.training.plan import TrainingPlan


def plan_lines(plan: TrainingPlan) -> list[str]:
    """Write a plan as code: what differs from the defaults of its class."""
    changed = [
        f"    {one.name}={getattr(plan, one.name)!r},"
        for one in fields(plan)
        if getattr(plan, one.name) != one.default
    ]
    return ["plan = TrainingPlan(", *changed, ")"] if changed else ["plan = TrainingPlan()"]


def repeat_program(plan: TrainingPlan, pictures: Pictures) -> str:
    """Write a program that trains the plan and prints each measurement, then saves the weights."""
    return (
        program_text(
            [
                "from pathlib import Path",
                "",
                "import torch",
                "",
                "from cnn_core.datasets import load_fashion",
                "from cnn_core.networks.training.plan import TrainingPlan",
                "from cnn_core.networks.training.run import begin, train, weight_file",
            ],
            [
                "torch.set_num_threads(1)  # sums in another order differ in the last digits",
                *plan_lines(plan),
                f'data, test = load_fashion("{pictures}"), load_fashion("test")',
                "network = begin(plan)",
                "for progress in train(plan, data, test, training=network):",
                "    found = progress.measurement",
                "    if found:  # training pictures first, then test pictures",
                "        print(",
                '            f"epoch {found.epoch:.4f} "',
                '            f"loss {found.train_loss:.6f} {found.test_loss:.6f} "',
                '            f"accuracy {found.train_accuracy:.6f} {found.test_accuracy:.6f}"',
                "        )",
                'Path("weights.safetensors").write_bytes(weight_file(network))',
            ],
        )
        + "\n"
    )
