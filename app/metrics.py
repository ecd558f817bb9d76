"""Figures on this server for Prometheus, at /metrics where KERNELSCOPE_METRICS=1; see `security`.

What is counted as it happens is in `app.live.figures`; what is there is asked for when somebody
looks: sessions, queues, and the bytes of every cache.
"""

from collections.abc import Iterator

from prometheus_client import generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from streamlit import runtime

from app.caching import CACHES
from app.live.figures import FIGURES
from app.live.image_store import STORE
from app.networks.work import WORK

PATH = "/metrics"


class Present(Collector):
    """What the server holds at the moment it is asked."""

    def collect(self) -> Iterator[Metric]:
        """Give one family of figures after the other."""
        yield GaugeMetricFamily(
            "kernelscope_sessions", "Visitors whose page is connected", value=_sessions()
        )
        yield GaugeMetricFamily(
            "kernelscope_queue_length",
            "Heavy computations that wait or run",
            value=len(WORK),
        )
        yield GaugeMetricFamily("kernelscope_pictures", "Pictures in use", value=len(STORE))
        yield GaugeMetricFamily(
            "kernelscope_picture_bytes", "Bytes of the pictures in use", value=STORE.bytes_held
        )
        held = GaugeMetricFamily(
            "kernelscope_cache_bytes", "Bytes that a cache holds", labels=["cache"]
        )
        bound = GaugeMetricFamily(
            "kernelscope_cache_bound_bytes", "Bytes that a cache may hold", labels=["cache"]
        )
        for name, cache in list(CACHES.items()):
            held.add_metric([name], cache.bytes_held)
            bound.add_metric([name], cache.max_bytes)
        yield held
        yield bound


def _sessions() -> int:
    """Count the pages that are connected; what Streamlit itself calls active sessions."""
    if not runtime.exists():
        return 0
    return int(runtime.get_instance()._session_mgr.num_active_sessions())


async def metrics_endpoint(_: Request) -> Response:
    """Answer in Prometheus' text format; sizes of caches are added up off the event loop."""
    text = await run_in_threadpool(generate_latest, FIGURES)
    return Response(text, media_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def routes() -> list[Route]:
    """Return the route to put beside Streamlit's own."""
    return [Route(PATH, metrics_endpoint)]


FIGURES.register(Present())
