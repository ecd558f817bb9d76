"""What is on the screen of "Before, after, folded", for the sentences and programs below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from app.lessons.batch_norm.maps.batch import trained
from app.lessons.batch_norm.maps.settings import CHANNELS
from app.lessons.batch_norm.trained.folding import Folding, folding
from app.lessons.batch_norm.trained.order import NormOrders, both_orders
from app.lessons.batch_norm.trained.running import RunningCurve, running_curve
from app.lessons.batch_norm.trained.settings import TrainedSettings, read_settings
from app.session.picture import Picture
from cnn_core.errors import CnnCoreError


@dataclass(frozen=True, kw_only=True, eq=False)
class TrainedSituation:
    """A batch norm of the network; what is computed of it, when it is first asked for.

    Attributes:
        settings: what was chosen.
        picture: the picture in use, which this view does not need.
    """

    settings: TrainedSettings
    picture: Picture

    @property
    def part(self) -> str:
        """Which part of the view is open."""
        return self.settings.part

    @cached_property
    def curve(self) -> RunningCurve:
        """The running averages over the batches."""
        one = self.settings
        return running_curve(one.layer, one.channel, one.size, one.others, one.momentum)

    @property
    def kept(self) -> tuple[float, float]:
        """Running mean and variance as training left them."""
        one, channel = trained(self.settings.layer), self.settings.channel
        return float(one["mean"][channel]), float(one["variance"][channel])

    @cached_property
    def orders(self) -> NormOrders:
        """Batch norm before and behind the activation."""
        return both_orders(self.settings.layer, self.settings.channel, self.settings.size)

    @property
    def folding(self) -> Folding:
        """The batch norm folded into its convolution."""
        return folding(self.settings.layer)


def situation(texts: Mapping[str, str], picture: Picture) -> TrainedSituation:
    """Read the settings.

    Raises:
        CnnCoreError: if the layer has no such map.
    """
    settings = read_settings(texts)
    last = CHANNELS[settings.layer] - 1
    if settings.channel > last:
        raise CnnCoreError(f"The maps of this layer are 0 to {last}.")
    return TrainedSituation(settings=settings, picture=picture)
