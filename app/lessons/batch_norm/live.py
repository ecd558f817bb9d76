"""What Batch normalization answers on the live channel, view by view."""

from app.lessons.batch_norm.maps import live as maps
from app.lessons.batch_norm.points import live as points
from app.live.handlers import Handler

HANDLERS: tuple[Handler, ...] = (*points.HANDLERS, *maps.HANDLERS)
