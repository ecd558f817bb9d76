"""Write the API reference of `cnn_core` from its docstrings, into a folder: `make docs`."""

import importlib
import pkgutil
import sys
from pathlib import Path

import pdoc

import cnn_core


def modules() -> list[str]:
    """List the public modules of `cnn_core`, packages before what is in them."""
    found = (one.name for one in pkgutil.walk_packages(cnn_core.__path__, "cnn_core."))
    return [name for name in found if "._" not in name]


def write(folder: Path) -> None:
    """Write one page for each module, and an index of all."""
    for name in modules():
        # pdoc does not see what a package imports only when it is first used.
        module = importlib.import_module(name)
        vars(module).update({key: getattr(module, key) for key in getattr(module, "__all__", ())})
    pdoc.render.configure(docformat="google")
    # pdoc adds what is in a package by itself, but not where the package has `__all__`. So each
    # module is named, and after each package what pdoc added is taken off again.
    listed = [spec for name in modules() for spec in (name, rf"!{name}\.")]
    pdoc.pdoc(*listed, output_directory=folder)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
