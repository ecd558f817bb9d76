"""The numbers of a folded kernel as small tables."""

from html import escape

import numpy as np

from app.drawing.colors import ink_on, nice_limit, signed
from app.drawing.numbers import number_text
from app.lessons.batch_norm.points.frame import fixed
from app.lessons.batch_norm.trained.folding import Folding


def fold_tables(found: Folding, channel: int) -> str:
    """Write a kernel before and after folding as HTML, and what was multiplied and added."""
    before = found.weights[..., 0, channel]
    after = found.folded.weights[..., 0, channel]
    limit = nice_limit(np.concatenate([before, after]))
    norm = {key: float(values[channel]) for key, values in found.norm.items()}
    deviation = float(found.deviation[channel])
    factor = norm["gamma"] / deviation
    bias = float(found.folded.bias[channel])
    inner = fixed(norm["mean"], 3)
    mean = f"({inner})" if inner.startswith("−") else inner
    lines = (
        f"factor γ / σ = {fixed(norm['gamma'], 3)} / {fixed(deviation, 3)} = "
        f"<b>{fixed(factor, 3)}</b>",
        f"bias β − mean · γ / σ = {fixed(norm['beta'], 3)} − {mean} · {fixed(factor, 3)} = "
        f"<b>{fixed(bias, 3)}</b>",
        f"largest difference of the outputs: <b>{number_text(found.difference, digits=2)}</b>",
    )
    written = "".join(f"<p>{line}</p>" for line in lines)
    return (
        '<div class="norm-fold">'
        f"{_table('Kernel w, then batch norm', before, limit)}"
        '<div class="norm-fold-sign" aria-hidden="true">→</div>'
        f"{_table('Folded kernel w′ = w · γ / σ', after, limit)}"
        f'<div class="norm-fold-lines">{written}</div>'
        "</div>"
    )


def _table(caption: str, values: np.ndarray, limit: float) -> str:
    fills = signed(values, limit=limit).picture
    rows = "".join(
        "<tr>"
        + "".join(
            '<td style="background:rgb({} {} {});color:{}">{}</td>'.format(
                *color, ink_on(*color), fixed(value, 3)
            )
            for value, color in zip(row, colors.tolist(), strict=True)
        )
        + "</tr>"
        for row, colors in zip(values, fills, strict=True)
    )
    return f"<table><caption>{escape(caption)}</caption><tbody>{rows}</tbody></table>"
