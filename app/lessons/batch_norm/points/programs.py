"""The normalized points as complete programs."""

import numpy as np

from app.guide.programs import Program, program_text
from app.lessons.batch_norm.points.settings import points_text
from app.lessons.batch_norm.points.situation import PointsSituation


def programs(on: PointsSituation) -> tuple[Program, ...]:
    """Write the programs; they print mean and deviation, and the written point in both ways."""

    def prints() -> np.ndarray:
        at = on.settings.written
        found = on.found
        return np.concatenate(
            [
                found.normed.mean,
                found.deviation,
                found.normed.values[at],
                found.by_length[at],
            ]
        )

    return (
        Program(title="NumPy", code=_with_numpy(on), prints=prints),
        Program(title="PyTorch", code=_with_torch(on), prints=prints),
        Program(title="cnn_core", code=_with_cnn_core(on), prints=prints),
    )


def _points(on: PointsSituation) -> list[str]:
    """Write the points as a list, a point a line: a long line would have to be scrolled."""
    rows = points_text(on.settings.points).split(";")
    return ["points = [", *(f"    [{row.replace(',', ', ')}]," for row in rows), "]"]


def _with_numpy(on: PointsSituation) -> str:
    at = on.settings.written
    zero = "" if on.settings.points[at].any() else "  # 0 / 0 at the origin: PyTorch leaves it at 0"
    length = (
        f"print(*x[{at}] / np.maximum(np.linalg.norm(x[{at}]), 1e-12)){zero}"
        if zero
        else f"print(*x[{at}] / np.linalg.norm(x[{at}]))"
    )
    return program_text(
        ["import numpy as np"],
        [
            *_points(on),
            f"x = np.array(points)  # a batch of {len(on.settings.points)}, two features",
            "mean = x.mean(axis=0)",
            "deviation = np.sqrt(x.var(axis=0) + 1e-5)",
            "print(*mean)",
            "print(*deviation)",
            f"print(*(x[{at}] - mean) / deviation)",
            length,
        ],
    )


def _with_torch(on: PointsSituation) -> str:
    at = on.settings.written
    return program_text(
        ["import torch", "from torch.nn.functional import batch_norm, normalize"],
        [
            *_points(on),
            "x = torch.tensor(points, dtype=torch.float32)",
            "print(*x.mean(dim=0).tolist())",
            "print(*(x.var(dim=0, correction=0) + 1e-5).sqrt().tolist())",
            f"print(*batch_norm(x, None, None, training=True)[{at}].tolist())",
            f"print(*normalize(x, dim=1)[{at}].tolist())",
        ],
    )


def _with_cnn_core(on: PointsSituation) -> str:
    at = on.settings.written
    return program_text(
        [
            "import numpy as np",
            "",
            "from cnn_core.normalization import batch_norm, normalize_by_length",
        ],
        [
            *_points(on),
            "x = np.array(points)",
            "normed = batch_norm(x, gamma=1, beta=0)",
            "print(*normed.mean)",
            "print(*np.sqrt(normed.variance + 1e-5))",
            f"print(*normed.values[{at}])",
            f"print(*normalize_by_length(x)[{at}])",
        ],
    )
