"""What to notice about the parameters of a dense layer and of a convolution."""

from dataclasses import replace

from app.drawing.numbers import counted, number_text
from app.guide.claims import Claim
from app.lessons.dense_layer.parameters_frame import bytes_text, ratio_text
from app.lessons.dense_layer.situation import DenseLayerSituation as On
from cnn_core.layer_costs import convolution_cost, dense_cost


def _is_parameters(on: On) -> bool:
    return on.view == "parameters"


def _counted(on: On, layer: str) -> int:
    """Count parameters as PyTorch does, without computing anything."""
    import torch

    settings = on.settings
    if layer == "dense":
        made: torch.nn.Module = torch.nn.Linear(
            settings.size.numbers, settings.units, device="meta"
        )
    else:
        made = torch.nn.Conv2d(settings.size.channels, settings.units, settings.side, device="meta")
    return sum(one.numel() for one in made.parameters())


def _dense(on: On) -> str:
    size, units = on.settings.size, on.settings.units
    return (
        f"**Dense:** {size.width:,} × {size.height:,} × {size.channels:,} = "
        f"{counted(size.numbers, 'weight')} for each unit, and a bias. {counted(units, 'unit')} "
        f"{'needs' if units == 1 else 'need'} **{on.dense.parameters:,}** parameters: "
        f"{bytes_text(on.dense.megabytes)} as float32, at 4 bytes each."
    )


def _is_dense(on: On) -> bool:
    counted = _counted(on, "dense")
    return f"**{counted:,}**" in _dense(on) and on.dense.megabytes == 4 * counted / 1e6


def _convolution(on: On) -> str:
    side, channels, units = on.settings.side, on.settings.size.channels, on.settings.units
    return (
        f"**Convolution:** {side} × {side} × {channels:,} = "
        f"{counted(side * side * channels, 'weight')} for each map, and a bias. "
        f"{counted(units, 'map')} {'needs' if units == 1 else 'need'} "
        f"**{on.convolution.parameters:,}** parameters: {bytes_text(on.convolution.megabytes)}."
    )


def _is_convolution(on: On) -> bool:
    return f"**{_counted(on, 'convolution'):,}**" in _convolution(on)


def _ratio(on: On) -> str:
    return ratio_text(on.dense, on.convolution)


def _is_ratio(on: On) -> bool:
    dense, convolution = _counted(on, "dense"), _counted(on, "convolution")
    said = _ratio(on)
    if dense == convolution:
        return "same number" in said
    more = "The dense layer has" if dense > convolution else "The convolution has"
    times = float(said.split(" has ")[1].split(" times")[0].replace(",", ""))
    ratio = max(dense, convolution) / min(dense, convolution)
    return said.startswith(more) and abs(times - ratio) <= 0.006 * ratio


def _size_independent(on: On) -> str:
    return (
        "**The number of weights of a convolution does not depend on the size of the picture.** "
        "With twice the height and "
        "twice the width, the dense layer has 4 times as many weights, the convolution as many as "
        "now."
    )


def _is_size_independent(on: On) -> bool:
    size, units, side = on.settings.size, on.settings.units, on.settings.side
    larger = replace(size, height=2 * size.height, width=2 * size.width)
    dense = dense_cost(larger, units).weights == 4 * on.dense.weights
    same = convolution_cost(larger, units, kernel=side).weights == on.convolution.weights
    return dense and same


def _work(on: On) -> str:
    more, fewer = "convolution", "dense layer"
    ratio = on.convolution.multiplications / on.dense.multiplications
    side = on.settings.side
    if ratio == 1:
        return (
            "The convolution saves parameters, not work: here both layers need "
            f"**{on.dense.multiplications:,}** "
            f"multiplication{'' if on.dense.multiplications == 1 else 's'} for a picture."
        )
    return (
        f"The convolution saves parameters, not work: the {more} needs {side} × {side} = "
        f"**{number_text(ratio)}** times as many multiplications for a picture as the {fewer}, "
        "because it outputs a whole map for each kernel, and the dense layer one number for each "
        "unit."
    )


def _is_work(on: On) -> bool:
    pixels, channels = on.settings.size.pixels, on.settings.size.channels
    side, units = on.settings.side, on.settings.units
    dense = pixels * channels * units
    convolution = pixels * units * side * side * channels
    said = f"**{number_text(convolution / dense)}**" if side > 1 else f"**{dense:,}**"
    return said in _work(on)


def _saves(on: On) -> bool:
    return _is_parameters(on) and on.dense.parameters > on.convolution.parameters


def _small(on: On) -> str:
    side, size = on.settings.side, on.settings.size
    return (
        f"Here the kernel has {side * side:,} pixels and the picture has {size.pixels:,}: a kernel "
        "larger than the picture saves nothing."
    )


PARAMETER_CLAIMS: tuple[Claim[On], ...] = (
    Claim(key="dense", applies=_is_parameters, sentence=_dense, check=_is_dense),
    Claim(key="convolution", applies=_is_parameters, sentence=_convolution, check=_is_convolution),
    Claim(key="ratio", applies=_is_parameters, sentence=_ratio, check=_is_ratio),
    Claim(
        key="size_independent",
        applies=_is_parameters,
        sentence=_size_independent,
        check=_is_size_independent,
    ),
    Claim(key="work", applies=_saves, sentence=_work, check=_is_work),
    Claim(
        key="small",
        applies=lambda on: _is_parameters(on) and on.settings.side**2 > on.settings.size.pixels,
        sentence=_small,
        check=lambda on: on.convolution.parameters >= on.dense.parameters,
    ),
)
