"""What Watch it learn answers on the live channel, view by view."""

from app.lessons.watch_it_learn.backward import live as backward
from app.lessons.watch_it_learn.epochs import live as epochs
from app.lessons.watch_it_learn.kernel import live as kernel
from app.lessons.watch_it_learn.train import live as train
from app.live.handlers import Handler

HANDLERS: tuple[Handler, ...] = (
    *kernel.HANDLERS,
    *backward.HANDLERS,
    *epochs.HANDLERS,
    *train.HANDLERS,
)
