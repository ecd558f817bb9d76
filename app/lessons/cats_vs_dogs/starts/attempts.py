"""What to try with three starts."""

from app.guide.attempts import Attempt
from app.lessons.cats_vs_dogs.starts.settings import IN_USE
from app.lessons.cats_vs_dogs.starts.situation import StartsSituation


def _head_leads(before: StartsSituation, after: StartsSituation) -> bool:
    head, *others = after.totals(after.count)
    return head > max(others)


def _cnn_leads(before: StartsSituation, after: StartsSituation) -> bool:
    head, cnn, linear = after.totals(after.count)
    return cnn > max(head, linear)


def _all_right(before: StartsSituation, after: StartsSituation) -> bool:
    return min(after.totals(after.count)) == after.trials


def _sums(before: StartsSituation, after: StartsSituation) -> bool:
    shares = after.shares
    return after.shown is None and bool((abs(shares.sum(axis=1) - 1) < 1e-6).all())


ATTEMPTS: tuple[Attempt[StartsSituation], ...] = (
    Attempt(
        key="starts_single",
        label="Train with one picture of each class",
        outcome="The line in the chart moves to 1. In these draws the head on pretrained features "
        "is still right most often.",
        changes=lambda on: {"starts_count": "1"},
        check=_head_leads,
        applies=lambda on: (
            on.settings.set in ("textures", "three") and on.settings.side == 32 and on.count > 1
        ),
    ),
    Attempt(
        key="starts_noise",
        label="Use stripes in noise",
        outcome="The stripes are narrower than the pixels of the small pictures. The head is right "
        "most often: the pretrained network is given 224 × 224 pixels.",
        changes=lambda on: {"taught_set": "noise", "starts_side": "32", "starts_count": "4"},
        check=_head_leads,
        applies=lambda on: on.settings.set != "noise" or on.settings.side != 32,
    ),
    Attempt(
        key="starts_wide",
        label="Stripes in noise, 64 × 64 pixels",
        outcome="Now the stripes are wider than the pixels. The small CNN is right most often: two "
        "convolutions are enough for stripes.",
        changes=lambda on: {"taught_set": "noise", "starts_side": "64", "starts_count": "4"},
        check=_cnn_leads,
        applies=lambda on: on.settings.set == "noise" and on.settings.side != 64,
    ),
    Attempt(
        key="starts_easy_classes",
        label="Use coffee or rocket",
        outcome="All three starts are right for all held-out pictures: the colors differ so much "
        "that pixels are enough.",
        changes=lambda on: {"taught_set": "things", "starts_side": "32", "starts_count": "4"},
        check=_all_right,
        applies=lambda on: on.settings.set != "things",
    ),
    Attempt(
        key="starts_yours",
        label="Show your picture to all three",
        outcome="The bars are of the picture in use. They sum to 1 for each start, also if the "
        "picture shows none of the classes.",
        changes=lambda on: {"starts_shown": IN_USE},
        check=_sums,
        applies=lambda on: on.can_start and on.settings.shown != IN_USE,
    ),
)
