"""What all tests share."""

import os

from hypothesis import settings

# As in the app (app/live/warm.py): threads that share one small computation wait for each other.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# In CI every run tries the same examples: a new one that fails belongs on a developer's desk, where
# it is found by the random search, and must not keep somebody else's work from landing.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
