"""All that is below the stages of Dropout: the guides of its views, as one."""

from app.guide.views import guide_of_views
from app.lessons.dropout.average.guide import GUIDE as AVERAGE
from app.lessons.dropout.doubt.guide import GUIDE as DOUBT
from app.lessons.dropout.gap.guide import GUIDE as GAP
from app.lessons.dropout.masks.guide import GUIDE as MASKS
from app.lessons.dropout.settings import OF_VIEW, VIEW

GUIDE = guide_of_views(
    VIEW,
    {"masks": MASKS, "average": AVERAGE, "gap": GAP, "doubt": DOUBT},
    OF_VIEW,
)
