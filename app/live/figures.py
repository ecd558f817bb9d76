"""What the live channel counts of itself: answers, how soon they came, refusals, sockets.

The names follow Prometheus: a unit in the name, `_total` on what only grows. No picture, no token
and nothing a visitor typed becomes a label, and every label has few values.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

FIGURES = CollectorRegistry()
"""This server's own: Prometheus' default one would add figures that are not about it."""

SOCKETS = Gauge("kernelscope_sockets", "Browser tabs on the live channel", registry=FIGURES)

ANSWER_SECONDS = Histogram(
    "kernelscope_answer_seconds",
    "From the turn of a question to its first frame, by the kind of question",
    ["kind"],
    buckets=(0.005, 0.01, 0.02, 0.033, 0.05, 0.1, 0.2, 0.35, 0.5, 1, 2, 5, 10),
    registry=FIGURES,
)

OVERTAKEN = Counter(
    "kernelscope_overtaken",
    "Questions that a newer one of the same kind took the place of",
    ["kind"],
    registry=FIGURES,
)

REFUSED = Counter(
    "kernelscope_refused", "Questions that were refused, by why", ["reason"], registry=FIGURES
)
