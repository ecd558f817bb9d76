"""All that is below the stages of Batch normalization: the guides of its views, as one."""

from app.guide.views import guide_of_views
from app.lessons.batch_norm.maps.guide import GUIDE as MAPS
from app.lessons.batch_norm.points.guide import GUIDE as POINTS
from app.lessons.batch_norm.settings import OF_VIEW, VIEW
from app.lessons.batch_norm.trained.guide import GUIDE as TRAINED

GUIDE = guide_of_views(
    VIEW,
    {
        "points": POINTS,
        "maps": MAPS,
        "trained": TRAINED,
    },
    OF_VIEW,
)
