"""Cat, dog or neither as complete programs: with this project's functions, and in PyTorch alone."""

import numpy as np

from app.guide.programs import Program, picture_lines, program_text
from app.lessons.cats_vs_dogs.animal.situation import AnimalSituation
from app.lessons.cats_vs_dogs.settings import NETWORK


def programs(on: AnimalSituation) -> tuple[Program, ...]:
    """Write the sums over the cats and the dogs, and the probability of the breed."""
    return (
        Program(title="cnn_core", code=_with_cnn_core(on), prints=lambda: _numbers(on)),
        Program(title="PyTorch", code=_with_torch(on), prints=lambda: _numbers(on)),
    )


def _numbers(on: AnimalSituation) -> np.ndarray:
    return np.array([on.verdict.cat, on.verdict.dog, on.verdict.breed_share])


def _with_cnn_core(on: AnimalSituation) -> str:
    imports, loading = picture_lines(on.picture)
    imports = [
        *imports,
        "from cnn_core.networks import load, trace",
        "from cnn_core.networks.animals import animal_verdict",
    ]
    return program_text(
        sorted(imports),
        [
            *loading,
            f'found = trace(load("{NETWORK}"), image)',
            f"verdict = animal_verdict(found.scores, threshold={on.threshold / 100:g})",
            "breed = found.network.classes[verdict.breed]",
            'print("cat", verdict.cat)',
            'print("dog", verdict.dog)',
            'print(verdict.animal + ":", breed, verdict.breed_share)',
        ],
    )


def _with_torch(on: AnimalSituation) -> str:
    imports, loading = picture_lines(on.picture)
    imports = sorted([*imports, "from cnn_core.networks import load"])
    return program_text(
        ["import torch", *imports],
        [
            *loading,
            f'network = load("{NETWORK}")',
            "x = network.preparation.tensor(network.preparation.view(image))  # (1, 3, 224, 224)",
            "with torch.no_grad():",
            '    scores = network.module.outputs(x)["softmax"].flatten()  # 1000 probabilities',
            "cats, dogs = scores[281:286], scores[151:269]",
            'print("cat", cats.sum().item())',
            'print("dog", dogs.sum().item())',
        ],
        [
            f"if cats.sum() + dogs.sum() < {on.threshold / 100:g}:",
            '    animal, breeds = "neither", torch.cat([dogs, cats])',
            "elif cats.sum() >= dogs.sum():",
            '    animal, breeds = "cat", cats',
            "else:",
            '    animal, breeds = "dog", dogs',
            'print(animal + ": the most probable breed has", breeds.max().item())',
        ],
    )
