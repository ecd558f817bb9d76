"""All maps of a layer: for each its strongest patches, and what is sent back to them.

After figure 2 of Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", 2013.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from app.drawing.numbers import count_text
from app.lessons.look_at.dossier_drawing import picture_html
from app.lessons.look_at.gathered_pictures import GatheredPictures, strongest_places
from app.lessons.look_at.patch_drawing import SentPatch, Tile, map_tile, sent_patch
from app.lessons.look_at.unit_dossier import Chosen
from app.lessons.look_at.units import MAPS, pages_of
from app.networks.layer_names import quoted
from app.networks.patience import asked, computed
from app.networks.work import Priority, Ticket, as_completed
from app.session import link, state
from app.session.explained import explained
from app.session.visitor import visitor
from cnn_core.networks.attribution.unit_methods import unit_method

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from cnn_core.networks import Network
    from cnn_core.networks.visualization.patches import PeakPlace

_STOPPED = "unit_sheet_stopped"
"""Kept for the session: the page of the sheet that its visitor stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """One page of the sheet.

    Attributes:
        network: its key.
        chosen: the layer, the map of the dossier, the method.
        pictures: that are looked through.
        page: from 0.
        count: the maps of the layer.
    """

    network: str
    chosen: Chosen
    pictures: GatheredPictures
    page: int
    count: int

    @property
    def maps(self) -> range:
        """The maps on this page."""
        return range(self.page * MAPS, min(self.count, (self.page + 1) * MAPS))

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return pages_of(self.count)

    @property
    def key(self) -> tuple[object, ...]:
        """What is computed for it."""
        chosen = self.chosen
        return self.network, chosen.raw, chosen.method, self.page, self.pictures.digest


@st.fragment
def all_maps(network: "Network", chosen: Chosen, pictures: GatheredPictures) -> None:
    """Show the sheet, or the button that opens it; turning its pages reruns only this."""
    fitting = link.fitting("look_at")
    if fitting["channel"] not in ("", str(chosen.channel)):
        st.rerun()  # a map was chosen here: the dossier shows it
    layer = network.layer(chosen.raw)
    with st.container(key="unit_sheet"), explained():
        st.subheader(f"All maps of {quoted(network.layer(chosen.layer))}", anchor=False)
        if fitting["unit_sheet"]:
            page = min(int(fitting["unit_sheet"]), pages_of(layer.shape[0])) - 1
            sheet = _Sheet(
                network=network.name,
                chosen=chosen,
                pictures=pictures,
                page=page,
                count=layer.shape[0],
            )
            _show(sheet, unit_method(network.layers, chosen.raw, chosen.method).title)
        else:
            st.caption(
                f"For each of the {layer.shape[0]} maps its nine strongest patches, and what is "
                f"sent back to them, {count_text(MAPS).lower()} maps a page."
            )
            own_page = chosen.channel // MAPS + 1
            st.button(
                "Show all maps of this layer",
                icon=":material/grid_view:",
                on_click=_turn_to,
                args=(own_page,),
            )
    link.publish("look_at")


def _turn_to(page: int | str) -> None:
    state.put({"unit_sheet": str(page)})
    state.keep(_STOPPED, None)


def _show(sheet: _Sheet, title: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="unit_sheet_pages"):
        _page_buttons(sheet)
        stop = st.empty()
        st.button("Hide all maps", icon=":material/close:", on_click=_turn_to, args=("",))
    note = st.empty()
    with st.container(key="unit_sheet_maps"):
        spots = {channel: _place(sheet, channel) for channel in sheet.maps}
    st.caption(
        f"On the left the patches with the highest values of each map, the highest first; on the "
        f"right what {title} sends back to them. Choose a map to see it in detail above."
    )
    known = {channel: map_tile.known(*_at(sheet, channel)) for channel in sheet.maps}
    for channel, tile in known.items():
        if tile is not None:
            spots[channel].html(_tile_html(tile))
    lacking = [channel for channel, tile in known.items() if tile is None]
    ready = len(known) - len(lacking)
    note.caption(_ready_text(ready, len(known)))
    if not lacking:
        return
    stopped = state.recall(_STOPPED) == sheet.key
    _stop_button(stop, sheet, stopped=stopped)
    if stopped:
        return
    for channel, tile in _computed_tiles(sheet, lacking):
        ready += 1
        spots[channel].html(_tile_html(tile))
        note.caption(_ready_text(ready, len(known)))
    stop.empty()


def _ready_text(ready: int, count: int) -> str:
    return f"{ready} of {count} maps are ready."


def _at(sheet: _Sheet, channel: int) -> tuple[str, str, int, str, GatheredPictures]:
    """Return what a tile is kept by."""
    return sheet.network, sheet.chosen.raw, channel, sheet.chosen.method, sheet.pictures


def _page_buttons(sheet: _Sheet) -> None:
    first, last = sheet.maps[0], sheet.maps[-1]
    st.button(
        "Previous maps",
        icon=":material/chevron_left:",
        disabled=sheet.page == 0,
        on_click=_turn_to,
        args=(sheet.page,),
    )
    st.markdown(f"Maps {first} to {last} of {sheet.count}, page {sheet.page + 1} of {sheet.pages}")
    st.button(
        "Next maps",
        icon=":material/chevron_right:",
        disabled=sheet.page + 1 == sheet.pages,
        on_click=_turn_to,
        args=(sheet.page + 2,),
    )


def _stop_button(spot: "DeltaGenerator", sheet: _Sheet, *, stopped: bool) -> None:
    spot.button(
        "Go on" if stopped else "Stop",
        icon=":material/play_arrow:" if stopped else ":material/stop:",
        key="unit_sheet_go_on" if stopped else "unit_sheet_stop",
        on_click=state.keep,
        args=(_STOPPED, None if stopped else sheet.key),
    )


def _place(sheet: _Sheet, channel: int) -> "DeltaGenerator":
    """Draw the place of a map: an empty tile, and the button that covers it."""
    is_chosen = channel == sheet.chosen.channel
    with st.container(key=f"unit_sheet_map_{channel - sheet.maps[0]}"):
        spot = st.empty()
        spot.html(_tile_html(None))
        st.button(
            f"Map {channel}",
            key=f"unit_sheet_choose_{channel - sheet.maps[0]}",
            icon=":material/check:" if is_chosen else None,
            type="primary" if is_chosen else "secondary",
            on_click=state.put,
            args=({"channel": str(channel)},),
        )
    return spot


def _tile_html(tile: Tile | None) -> str:
    if tile is None:
        pictures, line = '<div class="waiting"></div>' * 2, "Waiting …"
    else:
        pictures = picture_html(tile.patches) + picture_html(tile.sent)
        line = f"values {tile.patches.line}"
    return (
        f'<div class="dossier"><figure><div class="pair">{pictures}</div>'
        f"<figcaption>{line}</figcaption></figure></div>"
    )


def _computed_tiles(sheet: _Sheet, channels: list[int]) -> Iterator[tuple[int, Tile]]:
    """Compute the tiles of these maps patch by patch, so that others wait for no more than one."""
    chosen, views = sheet.chosen, sheet.pictures.views
    places: dict[int, tuple[PeakPlace, ...]] = {}
    patches: dict[int, dict[int, SentPatch]] = {channel: {} for channel in channels}
    tickets: dict[Ticket[SentPatch], tuple[int, int]] = {}
    for channel in channels:
        places[channel] = computed(
            Priority.SHEET,
            strongest_places,
            sheet.network,
            chosen.raw,
            channel,
            sheet.pictures,
        )
    try:
        for channel in channels:
            for number, at in enumerate(places[channel]):
                view = views[at.picture]
                key = (sheet.network, chosen.raw, channel, at.row, at.column, chosen.method, view)
                tickets[asked(Priority.SHEET, sent_patch, *key)] = channel, number
        for ticket in as_completed(list(tickets), visitor):
            channel, number = tickets[ticket]
            patches[channel][number] = ticket.future.result()
            if len(patches[channel]) < len(places[channel]):
                continue
            ordered = [patches[channel][at] for at in range(len(places[channel]))]
            yield channel, map_tile(*_at(sheet, channel), ordered, places[channel])
    finally:
        for ticket in tickets:
            ticket.cancel()
