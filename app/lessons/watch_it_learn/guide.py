"""All that is below the stages of Watch it learn: the guides of its views, as one."""

from app.guide.views import guide_of_views
from app.lessons.watch_it_learn.backward.guide import GUIDE as BACKWARD
from app.lessons.watch_it_learn.epochs.guide import GUIDE as EPOCHS
from app.lessons.watch_it_learn.kernel.guide import GUIDE as KERNEL
from app.lessons.watch_it_learn.settings import OF_VIEW, VIEW
from app.lessons.watch_it_learn.train.guide import GUIDE as TRAIN

GUIDE = guide_of_views(
    VIEW,
    {
        "kernel": KERNEL,
        "backward": BACKWARD,
        "epochs": EPOCHS,
        "train": TRAIN,
    },
    OF_VIEW,
)
