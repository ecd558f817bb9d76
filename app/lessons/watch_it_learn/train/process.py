"""The server's end of the training process: started when it is needed, ended with the server."""

import atexit
import contextlib
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.live.drawer import PIPE_BYTES, packed, receive, write

_ROOT = Path(__file__).resolve().parents[4]
_SCRIPT = (
    # First of all, so that every thread it ever has inherits it.
    "import os; os.nice({nice}); from app.lessons.watch_it_learn.train.child import main; main()"
)
NICE = 15
"""How far it gives way to pages and strokes, of 19."""


class TrainingProcess:
    """One life of the process.

    `heard` is called with every message, and with None once it has ended; both in a thread of its
    own. It ends by itself when this process does.
    """

    def __init__(self, heard: Callable[["TrainingProcess", Any], None]) -> None:
        self._heard = heard
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SCRIPT.format(nice=NICE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_ROOT,
            bufsize=0,
            pipesize=PIPE_BYTES,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._requests, self._replies = self._process.stdin, self._process.stdout
        self._sending = threading.Lock()
        self._reader = threading.Thread(target=self._read, name="training", daemon=True)
        self._reader.start()
        atexit.register(self.close)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def send(self, message: Any) -> None:
        """Send a message; one that has ended cannot be told, and says so by its end."""
        with self._sending, contextlib.suppress(OSError, ValueError):
            write(self._requests.fileno(), packed(message))

    def close(self) -> None:
        """End the process and wait for it."""
        atexit.unregister(self.close)
        self._process.kill()
        if threading.current_thread() is not self._reader:
            self._reader.join(timeout=10)

    def _read(self) -> None:
        try:
            while True:
                self._heard(self, receive(self._replies.fileno()))
        except EOFError:
            pass  # it ended, or was ended
        finally:
            self._process.kill()
            self._process.wait()
            self._requests.close()
            self._replies.close()
            atexit.unregister(self.close)
            self._heard(self, None)
