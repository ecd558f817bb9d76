"""The picture's numbers as complete programs in NumPy and PyTorch."""

from collections.abc import Callable

import numpy as np

from app.guide.programs import Program, picture_lines, program_text
from app.lessons.pictures.channels import CHANNELS
from app.lessons.pictures.situation import PicturesSituation
from cnn_core.images import grayscale


def programs(on: PicturesSituation) -> tuple[Program, ...]:
    """Write what the sentences say of the picture: shape, one pixel, means, extremes."""
    imports, loading = picture_lines(on.picture)
    row, column = on.held or (0, 0)
    view = on.settings.view
    extra: tuple[list[str], list[str], list[str]] = [], [], []
    if view == "gray":
        extra = (
            ["from cnn_core.images import grayscale"],
            [
                "gray = grayscale(image)  # uint8 (H, W)",
                f"print(*gray.shape, gray[{row}, {column}])",
            ],
            [
                "luma = torch.tensor([0.299, 0.587, 0.114]).view(3, 1, 1)",
                "gray = (X * luma).sum(dim=0).round()  # (H, W)",
                f"print(*gray.shape, gray[{row}, {column}].item())",
            ],
        )
    elif view in CHANNELS:
        at = CHANNELS.index(view)
        extra = (
            [],
            [
                f"{view} = image[:, :, {at}]  # (H, W)",
                f"print(*{view}.shape, {view}[{row}, {column}])",
            ],
            [
                f"{view} = X[{at}]  # (H, W)",
                f"print(*{view}.shape, {view}[{row}, {column}].item())",
            ],
        )
    in_numpy = program_text(
        sorted({*imports, *extra[0]}),
        loading,
        [
            "print(*image.shape)  # height, width, depth",
            f"print(*image[{row}, {column}])  # red, green, blue of one pixel",
            "print(image.min(), image.max())",
            "print(*image.mean(axis=(0, 1)).round(1))  # the mean of each channel",
        ],
        extra[1],
    )
    in_torch = program_text(
        ["import torch", *imports],
        [*loading, "X = torch.tensor(image).permute(2, 0, 1)  # (3, H, W): channels first"],
        [
            "print(*X.shape)  # depth, height, width",
            f"print(*X[:, {row}, {column}].tolist())  # red, green, blue of one pixel",
            "print(X.min().item(), X.max().item())",
            "for channel in X.double():",
            "    print(round(channel.mean().item(), 1))",
        ],
        extra[2],
    )
    height, width = on.size
    return (
        Program(title="NumPy", code=in_numpy, prints=_printed(on, (height, width, 3))),
        Program(title="PyTorch", code=in_torch, prints=_printed(on, (3, height, width))),
    )


def _printed(on: PicturesSituation, shape: tuple[int, int, int]) -> Callable[[], np.ndarray]:
    def numbers() -> np.ndarray:
        at = on.held or (0, 0)
        view, facts = on.settings.view, on.facts
        found = [*shape, *on.image[at], facts.smallest, facts.largest, *facts.means.round(1)]
        if view == "gray":
            found += [*on.size, grayscale(on.image)[at]]
        elif view in CHANNELS:
            found += [*on.size, on.image[(*at, CHANNELS.index(view))]]
        return np.array(found, float)

    return numbers
