"""Cats vs dogs."""

from app.lesson import Lesson, deferred, guide, handlers, page
from app.lessons.cats_vs_dogs.settings import SETTINGS

LESSON = Lesson(
    key="cats_vs_dogs",
    title="Cats vs dogs",
    section="Lab",
    icon=":material/pets:",
    promise="Is it a cat or a dog? Then show it pictures of classes of your own.",
    settings=SETTINGS,
    handlers=handlers("app.lessons.cats_vs_dogs.teach.live"),
    routes=deferred("app.lessons.cats_vs_dogs.uploads", "routes"),
    guide=guide("app.lessons.cats_vs_dogs.guide"),
    thumbnail=deferred("app.lessons.cats_vs_dogs.thumbnail", "thumbnail"),
    keys=(
        ("← →", "go along the pictures of a class, or along the sheet"),
        ("Delete", "remove the picture that has the focus"),
    ),
    show=page("app.lessons.cats_vs_dogs.page"),
)
