"""What the live channel answers for the view epochs: moments of a training, drawn.

Nothing here imports torch, or what draws, before the first question comes.
"""

from collections.abc import Mapping
from typing import Annotated, ClassVar, TypeAlias

from msgspec import Meta

from app.drawing.frame import pack
from app.lessons.watch_it_learn.epochs.settings import epoch_texts, read_settings
from app.live.handlers import Handler, Urgency, on_network_thread
from app.live.image_store import STORE
from app.live.messages import Question, RefusedError
from app.networks.settings import network_input

MomentNumber: TypeAlias = Annotated[int, Meta(ge=0, le=999)]


class MomentsQuestion(Question, frozen=True, kw_only=True, tag="learn_moments"):
    """Draw moments of a training, and what changes between two of them.

    Attributes:
        moments: the numbers of those to draw, from 0.
        pair: the earlier and the later moment between which classes are compared.
        about: names the picture and the choices; the answer bears the same.
    """

    moments: Annotated[list[MomentNumber], Meta(max_length=2)]
    pair: tuple[MomentNumber, MomentNumber]
    about: Annotated[str, Meta(max_length=200)] = ""

    SENTENCES: ClassVar[Mapping[str, str]] = {
        **Question.SENTENCES,
        "$.moments": "The moments of a training are whole numbers from 0, at most two.",
        "$.pair": "A pair of moments is two whole numbers from 0.",
        "$.about": "What an answer is about is a text of at most 200 letters.",
    }


def answer_moments(question: MomentsQuestion) -> bytes:
    """Draw the moments that are asked for."""
    from app.lessons.watch_it_learn.epochs.frame import moments_answer

    stored = STORE.get(question.token)
    settings = read_settings(question.settings)
    last = len(epoch_texts(settings.network)) - 1
    if max((*question.moments, *question.pair)) > last:
        raise RefusedError(f"The moments that were kept are 0 to {last}.")
    shown = network_input(settings.input, stored.pixels, stored.digest)
    before, now = sorted(question.pair)
    answer, blobs = moments_answer(settings, shown, question.moments, (before, now))
    header = {
        "kind": "learn_moments",
        "sequence": question.sequence,
        "about": question.about,
        **answer,
    }
    return pack(header, blobs)


HANDLERS = (
    Handler(
        question=MomentsQuestion, urgency=Urgency.DRAG, answer=on_network_thread(answer_moments)
    ),
)
