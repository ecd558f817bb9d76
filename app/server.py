"""The server: Streamlit's pages, our scripts, the live channel and the pictures in use."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute

# The lessons register with the live channel when the catalogue is imported: before the first page
# is opened, since one that was open while the server restarted asks at once. What answers is only
# imported then.
from app import health, metrics, security
from app.browser import charting, modules
from app.browser.preload import PreloadScripts
from app.catalogue import BY_KEY, LESSONS, scripts_at
from app.live import alive, channel, picture_route, published, warm
from app.live.sockets import prompt_sockets
from app.missing_page import MissingPage
from app.old_links import OldLinks
from app.session import link
from app.session.leaving import sessions_that_end
from app.start import thumbnails

BASE = f"/{st.get_option('server.baseUrlPath').strip('/')}".rstrip("/")


def _below_base(*routes: Route | WebSocketRoute) -> list[Route | WebSocketRoute]:
    """Put routes below the path that the app is served under, as Streamlit does its own.

    One by one: a mount would keep Streamlit's pages, which lie there too, from being found.
    """
    return [type(one)(f"{BASE}{one.path}", one.endpoint) for one in routes]


@asynccontextmanager
async def _while_it_runs(server: object) -> AsyncIterator[None]:
    async with prompt_sockets(server), sessions_that_end(server):
        yield


warm.allow()
app = st.App(
    "main.py",
    routes=_below_base(
        *channel.routes(),
        *picture_route.routes(),
        *thumbnails.routes(LESSONS),
        *published.routes(),
        *alive.routes(),
        *health.routes(),
        *metrics.routes(),
        *modules.routes(),
        *charting.routes(),
        *(route for lesson in LESSONS if lesson.routes for route in lesson.routes()),
    ),
    middleware=[
        *security.middleware(),
        Middleware(OldLinks, key=LESSONS[0].key, settings=link.known(), base=BASE),
        Middleware(MissingPage, keys=BY_KEY, base=BASE),
        Middleware(PreloadScripts, folder_of=scripts_at),
    ],
    lifespan=_while_it_runs,
)
