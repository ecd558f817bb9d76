"""How a program gets what the drawing pad shows a network."""

from app.networks.settings import NetworkSettings


def pad_lines(settings: NetworkSettings) -> tuple[list[str], list[str]]:
    """Write how a program gets the garment or the drawing: imports, and the lines after them."""
    if settings.source == "garment":
        garment = f'image = load_fashion("test").images[{settings.garment}]  # uint8 (28, 28)'
        return ["from cnn_core.datasets import load_fashion"], [garment]
    if settings.drawing is None:
        return ["import numpy as np"], ["image = np.zeros((28, 28), np.uint8)  # nothing drawn"]
    rows = ["".join(f"{value // 17:x}" for value in row) for row in settings.drawing]
    return ["import numpy as np"], [
        "# the drawing: 28 rows, a gray value from 0 to f for each pixel",
        'rows = """',
        *rows,
        '""".split()',
        "image = np.array([[17 * int(digit, 16) for digit in row] for row in rows], np.uint8)",
    ]
