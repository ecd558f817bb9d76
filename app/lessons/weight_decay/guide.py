"""All that is below the stages of Weight decay: the guides of its views, as one."""

from app.guide.views import guide_of_views
from app.lessons.weight_decay.network.guide import GUIDE as NETWORK
from app.lessons.weight_decay.polynomial.guide import GUIDE as POLYNOMIAL
from app.lessons.weight_decay.settings import OF_VIEW, VIEW
from app.lessons.weight_decay.written.guide import GUIDE as WRITTEN

GUIDE = guide_of_views(
    VIEW,
    {
        "polynomial": POLYNOMIAL,
        "network": NETWORK,
        "written": WRITTEN,
    },
    OF_VIEW,
)
