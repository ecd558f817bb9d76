"""What Watch it learn answers on the live channel, view by view."""

from app.live.handlers import Handler

HANDLERS: tuple[Handler, ...] = ()
