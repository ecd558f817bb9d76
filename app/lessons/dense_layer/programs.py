"""What each view computes, as complete programs."""

from collections.abc import Sequence

import numpy as np

from app.guide.programs import Program, picture_lines, program_text
from app.lessons.dense_layer.first_layers import neuron_outputs, unit_outputs
from app.lessons.dense_layer.settings import CNN, DENSE
from app.lessons.dense_layer.shuffling import SEED
from app.lessons.dense_layer.situation import DenseLayerSituation as On
from app.networks.input_lines import pad_lines

_MODELS = "from cnn_core.networks.models.fashion import PREPARATION"
_LOAD = "from cnn_core.networks import load, trace"


def programs(on: On) -> tuple[Program, ...]:
    """Write the programs of the open view."""
    if on.view == "unroll":
        return _lecture(on) if on.is_lecture else _unroll(on)
    if on.view == "parameters":
        return _parameters(on)
    return _shuffle(on) if on.view == "shuffle" else _sides(on)


def _sorted(*imports: str) -> list[str]:
    return sorted(set(imports), key=lambda line: (line.startswith("from"), line))


def _lecture(on: On) -> tuple[Program, ...]:
    row, column = on.pixel
    numbers = [*on.grid.ravel(), row * 3 + column]
    in_numpy = program_text(
        ["import numpy as np"],
        [
            "grid = np.arange(12).reshape(4, 3)  # each cell holds its place",
            "vector = grid.reshape(-1)  # row after row",
            "print(*vector)",
            f"print(np.ravel_multi_index(({row}, {column}), grid.shape))  # the place of one cell",
        ],
    )
    in_torch = program_text(
        ["import torch"],
        [
            "grid = torch.arange(12).view(4, 3)  # each cell holds its place",
            "print(*grid.flatten().tolist())",
            f"print({row} * grid.stride(0) + {column} * grid.stride(1))  # the place of one cell",
        ],
    )
    return tuple(
        Program(title=title, code=code, prints=lambda: np.array(numbers, float))
        for title, code in (("NumPy", in_numpy), ("PyTorch", in_torch))
    )


def _unroll(on: On) -> tuple[Program, ...]:
    row, column = on.pixel
    neuron, kernel = on.settings.neuron, on.settings.kernel
    if on.settings.grid == "garment":
        imports = ["from cnn_core.datasets import load_fashion"]
        at = on.settings.network.garment
        loading = [f'image = load_fashion("test").images[{at}]  # uint8 (28, 28)']
    else:
        imports, loading = picture_lines(on.picture)
    place = [
        f"row, column = {row}, {column}",
        "place = row * 28 + column",
    ]
    in_numpy = program_text(
        _sorted(
            *imports,
            "import numpy as np",
            _MODELS,
            "from cnn_core.networks.weights import read_weight_arrays",
        ),
        [
            *loading,
            "view = PREPARATION.view(image)  # uint8 (28, 28), gray",
            "vector = view.reshape(-1)  # 784 numbers, row after row",
            *place,
            "print(place, vector[place])",
        ],
        [
            "# one neuron of the dense layer: all pixels",
            f'dense = read_weight_arrays("{DENSE}")',
            f'weights, bias = dense["parts.dense1.weight"][{neuron}], '
            f'dense["parts.dense1.bias"][{neuron}]',
            "print(weights @ (vector / 255) + bias)",
        ],
        [
            "# one unit of the convolution: 3 x 3 pixels, zeros outside the picture",
            f'kernel = read_weight_arrays("{CNN}")["parts.conv1a.weight"][{kernel}, 0]',
            "padded = np.pad(view / 255, 1)",
            "print((kernel * padded[row : row + 3, column : column + 3]).sum())",
        ],
    )
    in_torch = program_text(
        _sorted(*imports, "from cnn_core.networks import load"),
        [
            *loading,
            f'dense, cnn = load("{DENSE}"), load("{CNN}")',
            "view = dense.preparation.view(image)  # uint8 (28, 28), gray",
            "x = dense.preparation.tensor(view)  # (1, 1, 28, 28), from 0 to 1",
            *place,
            "print(place, round(255 * x.flatten()[place].item()))",
            f'print(dense.module.outputs(x)["dense1"][0, {neuron}].item())',
            f'print(cnn.module.outputs(x)["conv1a"][0, {kernel}, row, column].item())',
        ],
    )

    def prints() -> np.ndarray:
        unit = unit_outputs(on.grid, kernel)[row, column]
        return np.array(
            [row * 28 + column, on.grid[row, column], neuron_outputs(on.grid)[neuron], unit]
        )

    return (
        Program(title="NumPy", code=in_numpy, prints=prints),
        Program(title="PyTorch", code=in_torch, prints=prints),
    )


def _parameters(on: On) -> tuple[Program, ...]:
    size, units, side = on.settings.size, on.settings.units, on.settings.side
    in_torch = program_text(
        ["import torch"],
        [
            f"height, width, channels = {size.height}, {size.width}, {size.channels}",
            'torch.set_default_device("meta")  # only shapes: nothing is stored',
            f"dense = torch.nn.Linear(height * width * channels, {units})",
            f'convolution = torch.nn.Conv2d(channels, {units}, {side}, padding="same")',
            "for layer in (dense, convolution):",
            "    count = sum(one.numel() for one in layer.parameters())",
            '    print(count, "parameters,", 4 * count / 1e6, "MB")',
        ],
    )
    in_core = program_text(
        ["from cnn_core.layer_costs import PictureSize, convolution_cost, dense_cost"],
        [
            f"size = PictureSize(height={size.height}, width={size.width}, "
            f"channels={size.channels})",
            f"dense = dense_cost(size, {units})",
            f"convolution = convolution_cost(size, {units}, kernel={side})",
            "for layer in (dense, convolution):",
            '    print(layer.parameters, "parameters,", layer.megabytes, "MB")',
            '    print(layer.multiplications, "multiplications for one picture")',
        ],
    )

    def counted(*, work: bool) -> np.ndarray:
        rows = [
            [one.parameters, one.megabytes, *([one.multiplications] if work else [])]
            for one in (on.dense, on.convolution)
        ]
        return np.array(rows, float)

    return (
        Program(title="PyTorch", code=in_torch, prints=lambda: counted(work=False)),
        Program(title="cnn_core", code=in_core, prints=lambda: counted(work=True)),
    )


def _input(on: On) -> tuple[list[str], list[str]]:
    settings = on.settings.network
    imports, loading = pad_lines(settings) if settings.uses_pad else picture_lines(on.picture)
    view = "view = PREPARATION.view(image)  # uint8 (28, 28), gray"
    return [*imports, _MODELS], [*loading, view]


def _named_lines(shown: Sequence[str]) -> list[str]:
    return [
        f'for name in ("{DENSE}", "{CNN}"):',
        "    network = load(name)",
        f"    for shown in ({', '.join(shown)}):",
        "        scores = trace(network, shown).scores",
        "        best = scores.argmax()",
        "        print(network.classes[best], best, scores[best])",
    ]


def _shuffle(on: On) -> tuple[Program, ...]:
    imports, loading = _input(on)
    share, block = on.settings.share / 100, on.settings.block
    arguments = f"28, 28, seed={SEED}, share={share:g}, block={block}"
    in_core = program_text(
        _sorted(*imports, _LOAD, "from cnn_core.permutation import pixel_order, rearrange"),
        [
            *loading,
            f"order = pixel_order({arguments})  # the same for every picture",
            "shuffled = rearrange(view, order)",
        ],
        _named_lines(("view", "shuffled")),
    )
    in_torch = program_text(
        _sorted(
            *imports,
            "import torch",
            "from cnn_core.networks import load",
            "from cnn_core.permutation import pixel_order",
        ),
        [
            *loading,
            "x = PREPARATION.tensor(view)  # (1, 1, 28, 28), from 0 to 1",
            f"order = torch.from_numpy(pixel_order({arguments}))",
            "shuffled = x.flatten()[order].view_as(x)",
        ],
        [
            f'for name in ("{DENSE}", "{CNN}"):',
            "    network = load(name)",
            "    for shown in (x, shuffled):",
            "        scores = torch.softmax(network.module(shown), dim=1)[0]",
            "        best = scores.argmax().item()",
            "        print(network.classes[best], best, scores[best].item())",
        ],
    )

    def prints() -> np.ndarray:
        found = []
        for key in (DENSE, CNN):
            for scores in (on.shuffled.before[key], on.shuffled.after[key]):
                found += [float(scores.argmax()), float(scores.max())]
        return np.array(found)

    return (
        Program(title="cnn_core", code=in_core, prints=prints),
        Program(title="PyTorch", code=in_torch, prints=prints),
    )


def _sides(on: On) -> tuple[Program, ...]:
    imports, loading = _input(on)
    square = on.settings.covered
    rows = f"{square.top} : {square.top + square.side}"
    columns = f"{square.left} : {square.left + square.side}"
    in_core = program_text(
        _sorted(*imports, _LOAD),
        [
            *loading,
            "covered = view.copy()",
            f"covered[{rows}, {columns}] = 127  # the gray square",
        ],
        _named_lines(("view", "covered")),
    )
    in_torch = program_text(
        _sorted(*imports, "import torch", "from cnn_core.networks import load"),
        [
            *loading,
            "x = PREPARATION.tensor(view)  # (1, 1, 28, 28), from 0 to 1",
            "covered = x.clone()",
            f"covered[:, :, {rows}, {columns}] = 127 / 255  # the gray square",
        ],
        [
            f'for name in ("{DENSE}", "{CNN}"):',
            "    network = load(name)",
            "    for shown in (x, covered):",
            "        scores = torch.softmax(network.module(shown), dim=1)[0]",
            "        best = scores.argmax().item()",
            "        print(network.classes[best], best, scores[best].item())",
        ],
    )

    def prints() -> np.ndarray:
        found = []
        for key in (DENSE, CNN):
            for scores in (on.prediction(key).scores, on.covered(key)):
                found += [float(scores.argmax()), float(scores.max())]
        return np.array(found)

    return (
        Program(title="cnn_core", code=in_core, prints=prints),
        Program(title="PyTorch", code=in_torch, prints=prints),
    )
