"""Questions to the live channel: typed, with limits, and a sentence for whatever is wrong.

A lesson's `live` module writes down a question as a class. The form of a message is checked here,
before anything is computed; whether its settings make sense is for the lesson to say.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar, TypeAlias, Union

import msgspec
from msgspec import Meta

from cnn_core.errors import CnnCoreError, quoted

MAX_MESSAGE_BYTES = 16 * 1024
MAX_PICTURE_BYTES = 256 * 1024

Texts: TypeAlias = dict[str, str | int | float]
"""Settings as a browser sends them, by key."""

_PLACE = re.compile(r" - at `(?:key in )?(?P<path>\$[^`]*)`$")
_ELEMENT = re.compile(r"\[(\d+|\.\.\.)\]")
_MISSING = re.compile(r"^Object missing required field `(?P<name>[^`]*)`")
_UNKNOWN = re.compile(r"^Object contains unknown field `(?P<name>[^`]*)`")
_SEQUENCE = re.compile(r'"sequence"\s*:\s*([0-9]{1,15})\b')


class RefusedError(CnnCoreError):
    """A message that is no question the channel answers.

    Attributes:
        sequence: the number of the question, as far as it could be read.
    """

    def __init__(self, sentence: str, sequence: int | None = None) -> None:
        super().__init__(sentence)
        self.sequence = sequence


class Question(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=True
):
    """What every question has.

    Attributes:
        sequence: its number; the answer bears the same.
        token: the picture it is about.
        settings: the lesson's settings, which the lesson reads.
    """

    sequence: Annotated[int, Meta(gt=0, lt=2**53)]
    token: str
    settings: Texts = {}

    SENTENCES: ClassVar[Mapping[str, str]] = {
        "$.sequence": "A question has a sequence number, a whole number from 1.",
        "$.token": "A question names a picture by its token.",
        "$.settings": "The settings of a question are an object.",
        "$.settings[]": "A setting should be a word or a number.",
    }
    """What to say of a field that is wrong or missing, by its place as msgspec writes it."""


class PictureQuestion(Question, frozen=True, kw_only=True):
    """A question that brings a picture of its own along, behind its text.

    Attributes:
        picture: the picture as a file; filled in by the channel, never part of the text.
    """

    picture: bytes = b""


class Reader:
    """Reads messages: knows every kind of question there is."""

    def __init__(self, questions: Iterable[type[Question]] = ()) -> None:
        """Take the kinds of questions; each class has its kind as its tag.

        Raises:
            ValueError: if two classes have the same kind.
        """
        known: dict[str, type[Question]] = {}
        for one in questions:
            if known.setdefault(kind_of(one), one) is not one:
                raise ValueError(f"Two questions are of the kind {kind_of(one)!r}.")
        self._known = known
        self._decoder: msgspec.json.Decoder[Any] | None = None
        if known:
            self._decoder = msgspec.json.Decoder(Union[tuple(known.values())])  # noqa: UP007

    def read(self, text: str | None, data: bytes | None) -> Question:
        """Read and check one message: JSON text, or a frame of JSON text and a picture.

        Raises:
            RefusedError: if it is too long, no JSON, or not a question.
        """
        picture = None
        if data is not None:
            text, picture = _open_frame(data)
        if text is None:
            raise RefusedError("A question is JSON text.")
        encoded = text.encode()
        if len(encoded) > MAX_MESSAGE_BYTES:
            raise RefusedError(
                f"A question may have {MAX_MESSAGE_BYTES} bytes; this one is longer."
            )
        question = self._decode(encoded, text)
        if isinstance(question, PictureQuestion) != bool(picture):
            raise RefusedError(self._kinds(), question.sequence)
        return msgspec.structs.replace(question, picture=picture) if picture else question

    def _decode(self, encoded: bytes, text: str) -> Question:
        if self._decoder is None:
            raise RefusedError("Nothing can be asked here.")
        try:
            question: Question = self._decoder.decode(encoded)
            return question
        except msgspec.ValidationError as error:
            raise RefusedError(self._sentence(str(error), text), _sequence(text)) from error
        except msgspec.DecodeError as error:
            raise RefusedError("The question is not JSON.", _sequence(text)) from error
        except RecursionError as error:
            raise RefusedError("The question is nested too deeply.", _sequence(text)) from error

    def _sentence(self, problem: str, text: str) -> str:
        """Turn msgspec's message into the sentence of the field that it is about."""
        place = _PLACE.search(problem)
        path = place["path"] if place else "$"
        path = _ELEMENT.sub("[]", path, count=1)  # whichever element it was
        if missing := _MISSING.match(problem):
            path += f".{missing['name']}"
        if path == "$.kind":
            return self._kinds()
        kind = re.search(r'"kind"\s*:\s*"([a-z_]{1,40})"', text)
        known = self._known.get(kind[1]) if kind else None
        if unknown := _UNKNOWN.match(problem):
            return f"A question of this kind has no field called {quoted(unknown['name'])}."
        sentences = known.SENTENCES if known else Question.SENTENCES
        while path not in sentences and path != "$":
            path = path[: max(path.rfind("."), path.rfind("["))]
        return sentences.get(path, f"This is not a question: {problem[:200]}.")

    def _kinds(self) -> str:
        bring = [kind for kind, one in self._known.items() if issubclass(one, PictureQuestion)]
        return (
            f"A question's kind is one of {', '.join(self._known)}; "
            f"only {', '.join(bring) or 'none'} has a picture."
        )


def kind_of(question: type[Question]) -> str:
    """Return the kind that a class of questions has in messages."""
    return str(question.__struct_config__.tag)


def _sequence(text: str) -> int | None:
    """Find the number of a message that could not be read, so that the refusal can bear it."""
    found = _SEQUENCE.search(text)
    return int(found[1]) if found else None


def _open_frame(data: bytes) -> tuple[str, bytes]:
    """Take a message with a picture apart: the question's text and the picture's bytes."""
    if len(data) > MAX_PICTURE_BYTES:
        raise RefusedError(f"A picture may have {MAX_PICTURE_BYTES} bytes; this one has more.")
    length = int.from_bytes(data[:4], "little")
    if len(data) < 4 or length > min(MAX_MESSAGE_BYTES, len(data) - 4):
        raise RefusedError("These bytes are no question with a picture.")
    try:
        return data[4 : 4 + length].decode(), data[4 + length :]
    except UnicodeDecodeError as error:
        raise RefusedError("These bytes are no question with a picture.") from error
