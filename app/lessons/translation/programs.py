"""What the open view computes, as complete programs: with this project's functions, in PyTorch."""

from collections.abc import Callable

import numpy as np

from app.guide.programs import Program, picture_lines, program_text
from app.lessons.translation.matrices import SIGNED_4X4
from app.lessons.translation.network_frame import is_garments
from app.lessons.translation.situation import TranslationSituation as On
from app.networks.settings import bundled_pictures
from cnn_core.images.patterns import LECTURE_4X4


def programs(on: On) -> tuple[Program, ...]:
    """Write the programs of the open view."""
    views: dict[str, Callable[[On], tuple[Program, ...]]] = {
        "numbers": _pair,
        "order": _order,
        "picture": _picture,
        "network": _network,
    }
    return views[on.view](on)


def _pair(on: On) -> tuple[Program, ...]:
    settings = on.settings
    matrix = f"A = np.array({[list(row) for row in LECTURE_4X4]})"
    shifted = f'B = translate(A, (0, {settings.columns}), border="fill", fill={settings.x})'
    in_core = program_text(
        [
            "import numpy as np",
            "from cnn_core.pooling import pool",
            "from cnn_core.translation import mean_squared_error, translate",
        ],
        [matrix, shifted],
        [
            f'P, Q = (pool(X, kind="{settings.kind}").values for X in (A, B))',
            "print(P.tolist(), Q.tolist())",
            "print(mean_squared_error(A, B), mean_squared_error(P, Q))",
        ],
    )
    kept = 4 - settings.columns
    name = "max_pool2d" if settings.kind == "max" else "avg_pool2d"
    in_torch = program_text(
        ["import torch", "import torch.nn.functional as F"],
        [
            f"A = torch.tensor({[list(map(float, row)) for row in LECTURE_4X4]})",
            f"B = torch.full_like(A, {settings.x})  # what enters",
            f"B[:, {settings.columns}:] = A[:, :{kept}]",
        ],
        [
            f"P, Q = (F.{name}(X[None], 2)[0] for X in (A, B))",
            "print(P.tolist(), Q.tolist())",
            "print(F.mse_loss(A, B).item(), F.mse_loss(P, Q).item())",
        ],
    )

    def prints() -> np.ndarray:
        pair = on.pair
        pooled = np.concatenate([pair.pooled_a.values.ravel(), pair.pooled_b.values.ravel()])
        return np.array([*pooled, pair.error, pair.pooled_error])

    return (
        Program(title="cnn_core", code=in_core, prints=prints),
        Program(title="PyTorch", code=in_torch, prints=prints),
    )


def _order(on: On) -> tuple[Program, ...]:
    both = on.both
    rows = [list(map(float, row)) for row in SIGNED_4X4]
    in_core = program_text(
        [
            "import numpy as np",
            "from cnn_core.activations import ACTIVATIONS",
            "from cnn_core.pooling import pool",
        ],
        [
            f"X = np.array({rows}) + {both.bias:g}",
            f'f = ACTIVATIONS["{both.activation.key}"]',
        ],
        [
            'for kind in ("max", "average"):',
            "    print(pool(f(X), kind=kind).values.tolist())  # activation first",
            "    print(f(pool(X, kind=kind).values).tolist())  # pooling first",
        ],
    )
    in_torch = program_text(
        ["import torch", "import torch.nn.functional as F"],
        [
            f"X = torch.tensor({rows})[None] + {both.bias:g}",
            f"f = lambda x: {both.activation.torch_line}",
        ],
        [
            "for pool in (F.max_pool2d, F.avg_pool2d):",
            "    print(pool(f(X), 2)[0].tolist())  # activation first",
            "    print(f(pool(X, 2))[0].tolist())  # pooling first",
        ],
    )

    def prints() -> np.ndarray:
        found = [
            order
            for kind in ("max", "average")
            for order in (both.activation_first(kind), both.pooling_first(kind))
        ]
        return np.concatenate([one.ravel() for one in found])

    return (
        Program(title="cnn_core", code=in_core, prints=prints),
        Program(title="PyTorch", code=in_torch, prints=prints),
    )


def _picture(on: On) -> tuple[Program, ...]:
    settings = on.settings
    imports, loading = picture_lines(on.picture)
    down, right = settings.by
    in_core = program_text(
        sorted(
            [
                *imports,
                "from cnn_core.images import grayscale",
                "from cnn_core.translation import ShiftedMaps, whole_cells",
            ]
        ),
        [
            *loading,
            f"gray = whole_cells(grayscale(image), {settings.layers})  # uint8 (H, W)",
        ],
        [
            f'maps = ShiftedMaps(image=gray, kind="{settings.downsampling}", '
            f"layers={settings.layers})",
            f"shift = ({down}, {right})  # rows down, columns to the right",
            "print(*maps.at(shift).shape)",
            "print(maps.error(shift))  # in the same place",
            "print(maps.error_moved_along(shift))",
        ],
    )
    side = 2**settings.layers
    stride = on.maps.stride
    in_torch = program_text(
        sorted(["import torch", "import torch.nn.functional as F"]),
        sorted([*imports, "from cnn_core.images import grayscale"]),
        [
            *loading,
            "gray = torch.tensor(grayscale(image)).float()  # (H, W)",
            "height, width = gray.shape",
            f"gray = gray[: height // {side} * {side}, : width // {side} * {side}]",
            f"shift = ({down}, {right})  # rows down, columns to the right",
        ],
        _layer_lines(on),
        [
            "before, after = (layers(x[None, None])[0, 0] for x in "
            "(gray, gray.roll(shift, (0, 1))))",
            "print(*after.shape)",
            "print(F.mse_loss(before, after).item())  # in the same place",
            f"large = [m.repeat_interleave({stride}, 0).repeat_interleave({stride}, 1) "
            "for m in (before, after)]",
            "print(F.mse_loss(large[0].roll(shift, (0, 1)), large[1]).item())  # moved along",
        ],
    )

    def prints() -> np.ndarray:
        maps = on.maps
        errors = maps.error(on.by), maps.error_moved_along(on.by)
        return np.array([*maps.at(on.by).shape, *errors])

    return (
        Program(title="cnn_core", code=in_core, prints=prints),
        Program(title="PyTorch", code=in_torch, prints=prints),
    )


_LAYERS = {
    "max": ["x = F.max_pool2d(x, 2)"],
    "average": ["x = F.avg_pool2d(x, 2)"],
    "stride": ["x = F.conv2d(x, torch.ones(1, 1, 1, 1), stride=2)"],
    "blur": [
        'x = F.max_pool2d(F.pad(x, (0, 1, 0, 1), mode="circular"), 2, stride=1)',
        'x = F.conv2d(F.pad(x, (1, 1, 1, 1), mode="circular"), blur, stride=2)',
    ],
}


def _layer_lines(on: On) -> list[str]:
    kind = on.settings.downsampling
    if kind == "none":
        return ["def layers(x):", "    return x"]
    made = ["row = torch.tensor([1.0, 2.0, 1.0])", "blur = (row[:, None] * row / 16)[None, None]"]
    return [
        *(made if kind == "blur" else []),
        "def layers(x):",
        f"    for _ in range({on.settings.layers}):",
        *(f"        {line}" for line in _LAYERS[kind]),
        "    return x",
    ]


def _network(on: On) -> tuple[Program, ...]:
    network, _ = on.input
    imports, loading = _shown_lines(on, network)
    down, right = on.by
    seen = [
        *loading,
        f'network = load("{network}")',
        "views = [",
        "    shifted_view(image, network.preparation, down=down, right=right)",
        f"    for down, right in ((0, 0), ({down}, {right}))",
        "]",
    ]
    shifting = "from cnn_core.networks.experiments.shifting import shifted_view"
    in_core = program_text(
        sorted([*imports, "from cnn_core.networks import load, trace", shifting]),
        seen,
        [
            "before, after = (trace(network, view).scores for view in views)",
            "best = before.argmax()",
            "print(best, after.argmax())  # the most probable classes",
            "print(before[best], after[best])  # the probability of the first",
        ],
    )
    in_torch = program_text(
        ["import torch"],
        sorted([*imports, "from cnn_core.networks import load", shifting]),
        seen,
        [
            "with torch.inference_mode():",
            "    x = torch.cat([network.preparation.tensor(view) for view in views])",
            "    before, after = network.module(x).softmax(dim=1)",
            "best = before.argmax().item()",
            "print(best, after.argmax().item())  # the most probable classes",
            "print(before[best].item(), after[best].item())  # the probability of the first",
        ],
    )

    def prints() -> np.ndarray:
        before, after = on.scores((0, 0)), on.scores(on.by)
        best = int(before.argmax())
        return np.array([best, int(after.argmax()), before[best], after[best]])

    return (
        Program(title="cnn_core", code=in_core, prints=prints),
        Program(title="PyTorch", code=in_torch, prints=prints),
    )


def _shown_lines(on: On, network: str) -> tuple[list[str], list[str]]:
    if not is_garments(network):
        return picture_lines(on.picture)
    garment = int(on.chosen["garment"])
    assert garment < len(bundled_pictures().images)
    return ["from cnn_core.datasets import load_fashion"], [
        f'image = load_fashion("test").images[{garment}]  # uint8 (28, 28)'
    ]
