"""Runs programs as a reader would, each in a process of its own.

A server process imports the libraries once and forks, which spares the seconds of importing torch;
nothing of Kernelscope is imported before a program does so itself.
"""

import multiprocessing
import os
import traceback
import warnings
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

LIBRARIES = [
    "cv2",
    "numpy",
    "PIL.Image",
    "safetensors.torch",
    "scipy.ndimage",
    "scipy.signal",
    "torch",
]


def outputs(codes: Sequence[str], folder: Path) -> list[str]:
    """Run programs in a folder, warnings being errors; return what each prints.

    Raises:
        AssertionError: if one of them fails; the message has its traceback.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LIBRARIES)
    files = [folder / f"printed_{at}.txt" for at in range(len(codes))]
    running = [
        context.Process(target=_run, args=(code, folder, file))
        for code, file in zip(codes, files, strict=True)
    ]
    for process in running:
        process.start()
    for process in running:
        process.join()
    printed = [file.read_text() for file in files]
    for process, code, text in zip(running, codes, printed, strict=True):
        assert process.exitcode == 0, f"{text}\n{code}"
    return printed


def _run(code: str, folder: Path, printed: Path) -> None:
    os.chdir(folder)
    with printed.open("w") as file, redirect_stdout(file), redirect_stderr(file):
        try:
            warnings.simplefilter("error")
            exec(compile(code, "<program>", "exec"), {"__name__": "__main__"})
        except BaseException:
            traceback.print_exc()
            raise SystemExit(1) from None
