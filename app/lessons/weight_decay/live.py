"""What Weight decay answers on the live channel, view by view."""

from app.lessons.weight_decay.polynomial import live as polynomial
from app.lessons.weight_decay.written import live as written
from app.live.handlers import Handler

HANDLERS: tuple[Handler, ...] = (*polynomial.HANDLERS, *written.HANDLERS)
