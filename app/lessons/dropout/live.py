"""What Dropout answers on the live channel, view by view."""

from app.lessons.dropout.average import live as average
from app.lessons.dropout.doubt import live as doubt
from app.lessons.dropout.gap import live as gap
from app.lessons.dropout.masks import live as masks
from app.live.handlers import Handler

HANDLERS: tuple[Handler, ...] = (*masks.HANDLERS, *average.HANDLERS, *gap.HANDLERS, *doubt.HANDLERS)
