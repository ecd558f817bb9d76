"""What the Kernel lab says about the sum in the middle of the response."""

import numpy as np

from app.drawing.numbers import close_text, counted
from app.guide.claims import Claim
from app.lessons.kernel_lab.frame import RESPONSE
from app.lessons.kernel_lab.place import ExplainedPlace, explain_place
from app.lessons.kernel_lab.situation import KernelLabSituation

_DUST = 1e-6
"""A sum below this share of its products is only what rounding leaves: about 0."""


def _middle(on: KernelLabSituation) -> ExplainedPlace:
    rows, columns = on.cells
    return explain_place(
        on.picture.pixels, on.layer, panel=RESPONSE, row=rows // 2, column=columns // 2
    )


def _sums(on: KernelLabSituation) -> str:
    place = _middle(on)
    first = place.cells[0]
    each = " for each channel" if len(place.cells) > 1 else ""
    bias = " and the bias" if on.layer.bias else ""
    texts = []
    for cell in place.cells:
        is_dust = 0 < abs(cell.value) < _DUST * float(np.abs(cell.products).sum())
        texts.append(f"**{'about 0' if is_dust else close_text(cell.value)}**")
    found = " and ".join(filter(None, (", ".join(texts[:-1]), texts[-1])))
    verb = "is the output" if first.products.size == 1 and not bias else "are added"
    return (
        f"Point at a place to see its sum. In the middle, at row {first.row}, column "
        f"{first.column}, {counted(first.products.size, 'product')}{bias} {verb}{each}: {found}."
    )


def _are_sums(on: KernelLabSituation) -> bool:
    rows, columns = on.cells
    source = on.source.reshape(*on.source.shape[:2], -1).astype(float)
    scale = on.settings.possible
    shown = np.atleast_1d(on.response[rows // 2, columns // 2])
    found = []
    for cell in _middle(on).cells:
        total = on.layer.bias
        for at, channel in enumerate(cell.channels):
            for down, row in enumerate(cell.source_rows):
                for across, column in enumerate(cell.source_columns):
                    pixel = source[row, column, channel] if min(row, column) >= 0 else 0.0
                    total += pixel * cell.weights[down, across, at]
        found.append(total)
    return bool(np.allclose(found, shown, rtol=1e-4, atol=1e-5 * scale + 1e-30))


PLACE_CLAIM: Claim[KernelLabSituation] = Claim(
    key="place", applies=lambda on: on.is_drawn, sentence=_sums, check=_are_sums
)
