"""What to notice about the open unit: how little it sees, as a neuron in the retina.

The receptive field of a ganglion cell is the small area of the retina where light changes what the
cell sends. Sources: Hartline, 1938, "The response of single optic nerve fibers of the vertebrate
eye to illumination of the retina", American Journal of Physiology 121, 400-415; Kuffler, 1953,
"Discharge patterns and functional organization of mammalian retina", Journal of Neurophysiology 16,
37-68. Neurons of the visual cortex have such fields too: Hubel and Wiesel, 1962, "Receptive fields,
binocular interaction and functional architecture in the cat's visual cortex", Journal of Physiology
160, 106-154.
"""

import numpy as np

from app.drawing.numbers import percent_text
from app.guide.claims import Claim
from app.lessons.inside_cnn.situation import InsideCnnSituation as On
from cnn_core.receptive_field import Span, receptive_field


def _seen(on: On) -> tuple[Span, Span] | None:
    """Rows and columns of the input that the open unit depends on; None if no unit is open."""
    settings, layer = on.settings, on.open_layer
    if layer is None or settings.channel is None or settings.row is None:
        return None
    if settings.column is None or layer.kind == "input" or layer.shape[1:] == (1, 1):
        return None
    return receptive_field(
        on.definition.layers,
        layer=layer.name,
        channel=settings.channel,
        row=settings.row,
        column=settings.column,
    ).visible


def sees_a_part(on: On) -> bool:
    """Whether a unit is open that depends on a part of the input only."""
    seen = _seen(on)
    return seen is not None and _size(seen) != on.definition.preparation.size


def _size(seen: tuple[Span, Span]) -> tuple[int, int]:
    (top, bottom), (left, right) = seen
    return bottom - top, right - left


def _sentence(on: On) -> str:
    seen = _seen(on)
    assert seen is not None
    (height, width), (rows, columns) = _size(seen), on.definition.preparation.size
    share = percent_text(height * width / (rows * columns), least=1e-5)
    return (
        f"The **receptive field** of this unit has **{height} × {width}** of the {rows} × "
        f"{columns} pixels, {share} of the input: no other pixel changes it. **Neurons in the "
        "retina** are similar: a ganglion cell reacts only to light in a small area of the retina."
    )


def _is_seen(on: On) -> bool:
    from cnn_core.networks import trace

    seen, settings = _seen(on), on.settings
    assert seen is not None
    assert settings.channel is not None
    rows, columns = (slice(*span) for span in seen)
    place = (settings.layer, settings.channel, settings.row or 0, settings.column or 0)
    before = on.trace.unit(*place).value
    inside = on.trace.view.copy()
    noise = np.random.default_rng(0).integers(0, 256, inside.shape, dtype=np.uint8)
    noise[rows, columns] = inside[rows, columns]
    outside = trace(on.trace.network, noise).unit(*place).value
    return abs(outside - before) <= 1e-4 * max(1.0, abs(before)) and _agrees(on)


def _agrees(on: On) -> bool:
    """Compare the numbers with the recursion of Araujo and others, up along the windows."""
    assert on.open_layer is not None
    size, jump, start = 1, 1, 0
    for layer in on.definition.layers:
        if layer.kind in ("conv", "max_pool"):
            start -= layer.padding[0][0] * jump
            size, jump = size + (layer.kernel[0] - 1) * jump, jump * layer.stride[0]
        if layer.name == on.open_layer.name:
            break
    sides = []
    for at, length in zip(
        (on.settings.row, on.settings.column), on.definition.preparation.size, strict=True
    ):
        first = start + (at or 0) * jump
        sides.append(min(first + size, length) - max(first, 0))
    height, width = sides
    return f"**{height} × {width}**" in _sentence(on)


RETINA_CLAIM: Claim[On] = Claim(
    key="retina", applies=sees_a_part, sentence=_sentence, check=_is_seen
)
