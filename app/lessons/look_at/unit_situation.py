"""What is on the screen about one unit, for the sentences in its dossier and their checks."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.lessons.look_at.gathered_pictures import PATCHES, GatheredPictures, View, strongest_places
from app.lessons.look_at.patch_drawing import SentPatch, sent_patch
from cnn_core import networks
from cnn_core.networks.attribution.unit_methods import UnitMethod, unit_method

if TYPE_CHECKING:
    from cnn_core.networks import Network
    from cnn_core.networks.visualization.patches import PeakPlace


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UnitSituation:
    """One map of a layer, and where it is highest in the pictures at hand.

    Attributes:
        network: that ran.
        layer: whose map it is, before an activation.
        channel: which map.
        method: the key of the method that is chosen for where the deconvnet does not depend on
            the picture.
        pictures: that are looked through.
        places: where the map is highest in them, the highest first; at least one.
        patches: what is sent back to these, as far as it is computed.
    """

    network: "Network"
    layer: str
    channel: int
    method: str
    pictures: GatheredPictures
    places: "tuple[PeakPlace, ...]"
    patches: tuple[SentPatch, ...] = ()

    @property
    def used(self) -> UnitMethod:
        """What is sent back."""
        return unit_method(self.network.layers, self.layer, self.method)

    @property
    def first(self) -> View:
        """The picture in which the map is highest."""
        return self.pictures.views[self.places[0].picture]


def unit_situation(
    network: str,
    layer: str,
    channel: int,
    method: str,
    pictures: GatheredPictures,
    *,
    patches: int = PATCHES,
) -> UnitSituation:
    """Compute what a page shows of a unit; what is sent back for so many patches at most."""
    places = strongest_places(network, layer, channel, pictures)
    views = pictures.views
    return UnitSituation(
        network=networks.load(network),
        layer=layer,
        channel=channel,
        method=method,
        pictures=pictures,
        places=places,
        patches=tuple(
            sent_patch(network, layer, channel, at.row, at.column, method, views[at.picture])
            for at in places[:patches]
        ),
    )
