"""A batch through a batch norm, and the class probabilities, as complete programs."""

import numpy as np

from app.guide.programs import Program, picture_lines, program_text
from app.lessons.batch_norm.maps.situation import MapsSituation
from app.networks.input_lines import pad_lines


def programs(on: MapsSituation) -> tuple[Program, ...]:
    """Write the programs; they print mean and variance of the map, and the class probabilities."""

    def prints() -> np.ndarray:
        scores = on.batch_scores() if on.settings.is_training else on.reference
        return np.concatenate([on.found.used, scores])

    found = [Program(title="cnn_core", code=_with_cnn_core(on), prints=prints)]
    if on.settings.counts:
        found.append(Program(title="PyTorch", code=_with_torch(on), prints=prints))
    return tuple(found)


def _loading(on: MapsSituation) -> tuple[list[str], list[str]]:
    """Write how a program gets the batch: imports, and the lines after them."""
    chosen = on.settings.input
    imports, lines = pad_lines(chosen) if chosen.uses_pad else picture_lines(on.picture)
    one = on.settings
    needed = {
        "import numpy as np",
        "from cnn_core.datasets import load_fashion",
        "from cnn_core.networks import load",
        *imports,
    }
    plain = sorted(line for line in needed if line.startswith("import"))
    others = sorted(line for line in needed if line.startswith("from"))
    return [*plain, "", *others], [
        *lines,
        'network = load("fashion_cnn")',
        "picture = network.preparation.view(image)  # uint8 (28, 28)",
        f"numbers = np.random.default_rng({one.others}).permutation(10_000)[: {one.size - 1}]",
        'others = load_fashion("test").images[numbers]',
        f"batch = np.concatenate([picture[None], others])  # {one.size} pictures",
    ]


def _with_cnn_core(on: MapsSituation) -> str:
    imports, loading = _loading(on)
    one = on.settings
    counts = "" if one.counts else ", first_counts=False"
    own = "" if one.counts else "[1:]"
    if one.is_training:
        imports = [
            *imports,
            "from cnn_core.networks.batch_mode import batch_input, batch_scores",
            "from cnn_core.normalization import batch_norm",
        ]
        lines = [
            f'values = batch_input(network, batch, "{one.layer}")[..., {one.channel}]{own}',
            "normed = batch_norm(values, gamma=1, beta=0, axis=(0, 1, 2))",
            "print(normed.mean, normed.variance)",
            f"print(*batch_scores(network, batch{counts})[0])",
        ]
    else:
        imports = [
            *imports,
            "from cnn_core.networks import trace",
            "from cnn_core.networks.batch_mode import parameters_of",
        ]
        lines = [
            f'running = parameters_of(network, "{one.layer}")',
            f'print(running["mean"][{one.channel}], running["variance"][{one.channel}])',
            "print(*trace(network, image).scores)",
        ]
    return program_text(imports, [*loading, *lines])


def _with_torch(on: MapsSituation) -> str:
    imports, loading = _loading(on)
    one = on.settings
    part = f'network.module.parts["{one.layer}"]'
    tensor = "pixels = torch.tensor(batch / 255, dtype=torch.float32)[:, None]"
    imports = [imports[0], "import torch", *imports[1:]]
    if one.is_training:
        conv = one.layer.replace("norm", "conv")
        # What a batch norm is given on the page does not depend on the batch: evaluation mode.
        lines = [
            tensor,
            "with torch.no_grad():",
            f'    values = network.module.outputs(pixels)["{conv}"][:, {one.channel}]',
            "for part in network.module.modules():",
            "    if isinstance(part, torch.nn.BatchNorm2d):",
            "        part.train()  # as if eval() had been forgotten; dropout stays off",
            "with torch.no_grad():",
            "    scores = network.module(pixels).softmax(dim=1)[0]",
            "print(values.mean().item(), values.var(correction=0).item())",
            "print(*scores.tolist())",
        ]
    else:
        lines = [
            tensor,
            "network.module.eval()",
            "with torch.no_grad():",
            "    scores = network.module(pixels).softmax(dim=1)[0]",
            f"part = {part}",
            f"running = part.running_mean[{one.channel}], part.running_var[{one.channel}]",
            "print(*(one.item() for one in running))",
            "print(*scores.tolist())",
        ]
    return program_text(imports, [*loading, *lines])
