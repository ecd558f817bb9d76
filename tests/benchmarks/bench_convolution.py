"""Measure `convolve` against OpenCV, SciPy and PyTorch doing the same job; prints ratios.

Run `python tests/benchmarks/bench_convolution.py`; `--quick` takes the 512 px cases only. Every
contender pads with zeros, keeps the size and returns contiguous float32; their answers are
compared before the clock starts. In each round all contenders run once, in a random order, and a
ratio is the median over rounds of two times from the same round: so whatever else the machine does
slows both. Contenders that are far behind run in the first rounds only.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from scipy import ndimage, signal

from cnn_core.convolution import convolve, plan

SECONDS = 1.0
"""How long the fast contenders of a case are measured."""

AT_MOST_FASTEST = 1.15
AT_MOST_FILTER2D_IF_RANK_ONE = 0.5
AT_LEAST_NDIMAGE_IF_SMALL = 10.0
AT_MOST_TORCH_IF_BANK = 5.0
"""The targets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One picture and one kernel."""

    name: str
    image: np.ndarray
    weights: np.ndarray
    rank_one: bool


def cases(*, quick: bool) -> Iterator[Case]:
    """Draw pictures and kernels of every size, the same each time."""
    rng = np.random.default_rng(0)
    gray = {px: rng.random((px, px), dtype=np.float32) * 255 for px in (512, 2048)}
    color = rng.integers(0, 256, (512, 512, 3), dtype=np.uint8)
    pictures = {"512": gray[512], "512x3 uint8": color, "2048": gray[2048]}
    if quick:
        del pictures["2048"]
    for name, image in pictures.items():
        for k in (3, 7, 15, 31, 63):
            dense = rng.normal(size=(k, k)).astype(np.float32)
            column, row = rng.normal(size=(2, k)).astype(np.float32)
            yield Case(name=f"{name}, {k}", image=image, weights=dense, rank_one=False)
            outer = np.outer(column, row)
            yield Case(name=f"{name}, {k}", image=image, weights=outer, rank_one=True)


BANKS = (
    ((64, 64, 16), (3, 3, 16, 32), 1),
    ((224, 224, 3), (3, 3, 3, 32), 2),
    ((512, 512, 3), (7, 7, 3, 16), 1),
    ((512, 512, 3), (7, 7, 3, 16), 4),
    ((512, 512, 3), (31, 31, 3, 4), 8),
    ((14, 14, 512), (1, 1, 512, 512), 1),
    ((7, 7, 320), (1, 1, 320, 1280), 1),
)
"""Pictures (H, W, C), kernels (kh, kw, C, K), and the stride: layers of networks, and larger ones."""


def compare_banks() -> list[str]:
    """Print a line for each bank of kernels beside torch; return those that miss the target."""
    rng = np.random.default_rng(2)
    missed = []
    print("many kernels at once: time of convolve, and that time divided by torch's")
    for shape, bank, stride in BANKS:
        image, weights = (rng.normal(size=one).astype(np.float32) for one in (shape, bank))
        padding = (bank[0] // 2, bank[1] // 2)
        kernels = torch.from_numpy(np.ascontiguousarray(weights.transpose(3, 2, 0, 1)))
        planes = torch.from_numpy(np.ascontiguousarray(image.transpose(2, 0, 1)))[None]

        def by_convolve(
            image: np.ndarray = image,
            weights: np.ndarray = weights,
            stride: int = stride,
            padding: tuple[int, int] = padding,
        ) -> np.ndarray:
            return convolve(image, weights, stride=stride, padding=padding)

        def by_torch(
            planes: torch.Tensor = planes,
            kernels: torch.Tensor = kernels,
            stride: int = stride,
            padding: tuple[int, int] = padding,
        ) -> np.ndarray:
            answer = torch.nn.functional.conv2d(planes, kernels, stride=stride, padding=padding)
            return answer[0].permute(1, 2, 0).contiguous().numpy()

        wanted = by_torch()
        assert np.abs(by_convolve() - wanted).max() <= 1e-4 * np.abs(wanted).max()
        times = np.array([[_seconds(run) for run in (by_convolve, by_torch)] for _ in range(9)])
        ratio = float(np.median(times[:, 0] / times[:, 1]))
        way = plan(image, weights, stride=stride, padding=padding)
        print(
            f"{shape} {bank} stride {stride}: {way}, {1e3 * np.median(times[:, 0]):.2f} ms, ",
            end="",
        )
        print(f"{ratio:.2f}", flush=True)
        if ratio > AT_MOST_TORCH_IF_BANK:
            missed.append(f"{shape} {bank} stride {stride}")
    return missed


def _seconds(run: Callable[[], np.ndarray]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def contenders(case: Case) -> Mapping[str, Callable[[], np.ndarray]]:
    """Give each library's way to the same array; conversions it needs are part of the job."""
    image, weights = case.image, case.weights
    color = image.ndim == 3
    layered = weights[:, :, None] if color else weights
    flipped = np.ascontiguousarray(layered[::-1, ::-1])

    def by_torch() -> np.ndarray:
        planes = torch.from_numpy(image).float()
        planes = planes.permute(2, 0, 1)[None] if color else planes[None, None]
        channels = planes.shape[1]
        bank = torch.from_numpy(weights).expand(channels, 1, *weights.shape)
        answer = torch.nn.functional.conv2d(planes, bank, padding="same", groups=channels)[0]
        return (answer.permute(1, 2, 0).contiguous() if color else answer[0]).numpy()

    def by_oaconvolve() -> np.ndarray:
        values = image.astype(np.float32, copy=False)
        return np.ascontiguousarray(signal.oaconvolve(values, flipped, mode="same", axes=(0, 1)))

    return {
        "convolve": lambda: convolve(image, weights),
        "filter2D": lambda: cv2.filter2D(
            image, cv2.CV_32F, weights, borderType=cv2.BORDER_CONSTANT
        ),
        "ndimage": lambda: ndimage.correlate(image, layered, output=np.float32, mode="constant"),
        "oaconvolve": by_oaconvolve,
        "torch": by_torch,
    }


def measure(case: Case) -> dict[str, list[float]]:
    """Time every contender in rounds: seconds, NaN in the rounds it sat out."""
    runs = contenders(case)
    answers = {name: run() for name, run in runs.items() if not _is_slow(name, case)}
    wanted = answers["filter2D"]
    for name, answer in answers.items():
        assert answer.dtype == np.float32, name
        assert answer.flags.c_contiguous, name
        assert np.abs(answer - wanted).max() <= 1e-4 * np.abs(wanted).max(), name
    rng = np.random.default_rng(1)
    times: dict[str, list[float]] = {name: [] for name in runs}
    spent = dict.fromkeys(runs, 0.0)
    while (len(times["convolve"]) < 5 or spent["convolve"] < SECONDS / 2) and sum(
        min(seconds, SECONDS) for seconds in spent.values()
    ) < 2.5 * SECONDS:
        for name in rng.permutation(list(runs)):
            sits_out = times[name] and spent[name] > SECONDS / 2 and name != "convolve"
            started = time.perf_counter()
            if not sits_out:
                runs[name]()
            seconds = time.perf_counter() - started
            spent[name] += seconds
            times[name].append(np.nan if sits_out else seconds)
    return times


def _is_slow(name: str, case: Case) -> bool:
    """Say whether a contender would take seconds only to be checked."""
    return name in ("ndimage", "torch") and case.image.size * case.weights.size > 5e8


def main() -> None:
    """Print a line per case and, at last, how many miss a target."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="512 px only")
    missing = []
    others = ("filter2D", "ndimage", "oaconvolve", "torch")
    print("time of convolve, and that time divided by the time of")
    print(f"{'picture, kernel':<20}{'rank':<7}{'plan':<11}{'ms':>8}", end="")
    print("".join(f"{name:>12}" for name in others), "  misses")
    for case in cases(quick=parser.parse_args().quick):
        times = {name: np.array(each) for name, each in measure(case).items()}
        ratios = {name: float(np.nanmedian(times["convolve"] / times[name])) for name in others}
        missed = list(_missed(case, ratios))
        missing += [case.name] if missed else []
        rank = "one" if case.rank_one else "dense"
        print(f"{case.name:<20}{rank:<7}{plan(case.image, case.weights):<11}", end="")
        print(f"{np.median(times['convolve']) * 1e3:8.2f}", end="")
        print("".join(f"{ratios[name]:12.3f}" for name in others), " ", "; ".join(missed))
        sys.stdout.flush()
    missing += compare_banks()
    print(f"{len(missing)} cases miss a target." if missing else "Every target is reached.")


def _missed(case: Case, ratios: Mapping[str, float]) -> Iterator[str]:
    """Name the targets a case misses."""
    size = case.weights.shape[0]
    if max(ratios.values()) > AT_MOST_FASTEST:
        yield f"above {AT_MOST_FASTEST} of the fastest"
    if case.rank_one and size >= 15 and ratios["filter2D"] > AT_MOST_FILTER2D_IF_RANK_ONE:
        yield f"above {AT_MOST_FILTER2D_IF_RANK_ONE} of filter2D"
    if size <= 7 and ratios["ndimage"] * AT_LEAST_NDIMAGE_IF_SMALL > 1:
        yield f"less than {AT_LEAST_NDIMAGE_IF_SMALL:.0f} times ndimage"


if __name__ == "__main__":
    main()
