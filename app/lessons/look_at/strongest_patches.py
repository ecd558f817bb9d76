"""The strongest patches of one map in the pictures at hand, and what is sent back to each."""

from typing import TYPE_CHECKING

import streamlit as st

from app.lessons.look_at.dossier_drawing import Card, pairs_html
from app.lessons.look_at.gathered_pictures import GatheredPictures, strongest_places
from app.lessons.look_at.patch_drawing import SentPatch, patch_cards, sent_patch
from app.lessons.look_at.unit_claims import CLAIMS, PICTURES
from app.lessons.look_at.unit_situation import UnitSituation
from app.networks.patience import asked, computed
from app.networks.work import Priority, Ticket, as_completed
from app.session.visitor import visitor

if TYPE_CHECKING:
    from cnn_core.networks import Network
    from cnn_core.networks.visualization.patches import PeakPlace


def show_patches(
    network: "Network", layer: str, channel: int, method: str, pictures: GatheredPictures
) -> float:
    """Draw them, each as soon as it is there; return the highest value."""
    places = computed(Priority.UNIT, strongest_places, network.name, layer, channel, pictures)
    st.markdown("**Patches with the highest values**, beside each what is sent back to its pixels")
    spot = st.empty()
    sentences = st.empty()
    patches = _drawn(spot, network, layer, channel, method, pictures, places)
    on = UnitSituation(
        network=network,
        layer=layer,
        channel=channel,
        method=method,
        pictures=pictures,
        places=places,
        patches=patches,
    )
    lines = [claim.sentence(on) for claim in CLAIMS if claim is not PICTURES and claim.applies(on)]
    with sentences.container():
        st.caption(" ".join(lines))
        st.caption(
            f"{PICTURES.sentence(on)} At most two patches from each picture, and not from places "
            "close to each other."
        )
    return places[0].value


def _drawn(
    spot: "st.delta_generator.DeltaGenerator",
    network: "Network",
    layer: str,
    channel: int,
    method: str,
    pictures: GatheredPictures,
    places: "tuple[PeakPlace, ...]",
) -> tuple[SentPatch, ...]:
    """Draw what is known at once, and the rest as it is computed."""
    views = pictures.views
    found: dict[int, SentPatch] = {}
    tickets: dict[Ticket[SentPatch], int] = {}

    def draw() -> None:
        spot.html(pairs_html([pair(number) for number in range(len(places))]))

    def pair(number: int) -> tuple[Card, Card] | str:
        place, patch = places[number], found.get(number)
        if patch is None:
            return "Waiting …"
        return patch_cards(patch, name=views[place.picture].name, value=place.value)

    for number, at in enumerate(places):
        key = (network.name, layer, channel, at.row, at.column, method, views[at.picture])
        known = sent_patch.known(*key)
        if known is not None:
            found[number] = known
        else:
            tickets[asked(Priority.UNIT, sent_patch, *key)] = number

    draw()
    for ticket in as_completed(list(tickets), visitor):
        found[tickets[ticket]] = ticket.future.result()
        draw()
    return tuple(found[number] for number in range(len(places)))
