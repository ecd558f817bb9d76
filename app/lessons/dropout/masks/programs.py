"""The drawn network as programs: with cnn_core, and with PyTorch."""

import numpy as np

from app.guide.programs import Program, picture_lines, program_text
from app.lessons.dropout.masks.situation import MasksSituation


def programs(on: MasksSituation) -> tuple[Program, ...]:
    """Write the programs; they print the hidden neurons behind dropout and the outputs."""
    return (
        Program(title="cnn_core", code=_with_cnn_core(on), prints=lambda: _printed(on)),
        Program(title="PyTorch", code=_with_pytorch(on), prints=lambda: _printed(on)),
    )


def _printed(on: MasksSituation) -> np.ndarray:
    return np.concatenate([one.dropped.values for one in on.outputs])


def _inputs(on: MasksSituation) -> tuple[list[str], list[str]]:
    assert on.picture is not None  # the page has it
    imports, loading = picture_lines(on.picture)
    imported = [
        "from cnn_core.dropout_network import block_means, drawn_network",
        "from cnn_core.images import grayscale",
        *imports,
    ]
    return imported, [*loading, "quarters = block_means(grayscale(image), 2, 2)"]


def _with_cnn_core(on: MasksSituation) -> str:
    imports, loading = _inputs(on)
    one = on.settings
    imports[0] += ", run_with_dropout"
    return program_text(
        ["import numpy as np", "", *imports],
        [
            *loading,
            "outputs = run_with_dropout(",
            "    drawn_network(),",
            "    quarters,",
            f"    keep={one.keep:g},",
            f"    rng=np.random.default_rng({one.mask}),",
            f'    convention="{one.convention}",',
            f"    training={one.training},",
            ")",
            "for output in outputs:",
            "    print(*output.dropped.values)",
        ],
    )


def _with_pytorch(on: MasksSituation) -> str:
    imports, loading = _inputs(on)
    one = on.settings
    scale = {
        ("inverted", True): [f"x = x * mask / {one.keep:g}"],
        ("inverted", False): [],
        ("scale_at_eval", True): ["x = x * mask"],
        ("scale_at_eval", False): [f"x = x * {one.keep:g}"],
    }[one.convention, one.training]
    mask = [
        f"mask = torch.tensor(rng.random(len(x)) < {one.keep:g})  "
        f"# nn.Dropout({round(1 - one.keep, 6):g}) draws its own"
    ]
    return program_text(
        ["import numpy as np", "import torch", "", *imports],
        [
            *loading,
            *([f"rng = np.random.default_rng({one.mask})"] if one.training else []),
            "first, second, last = drawn_network()",
            "x = torch.tensor(quarters)",
            "for layer in (first, second):",
            "    x = torch.relu(torch.tensor(layer.weights) @ x + torch.tensor(layer.biases))",
            *(f"    {line}" for line in [*(mask if one.training else []), *scale]),
            "    print(*x.numpy())",
            "print(*(torch.tensor(last.weights) @ x + torch.tensor(last.biases)).numpy())",
        ],
    )
