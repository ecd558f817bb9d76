"""The scripts as ES modules over HTTP: each is fetched once and shared by all components.

Their addresses contain a digest of all scripts, so browsers may keep them for ever; imports between
them are relative and so stay under the same digest.
"""

import gzip
import hashlib
import re
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

APP = Path(__file__).resolve().parents[1]
HOME = "modules/"
_IMPORT = re.compile(r'^(?:import|export)\b[^"]*?\bfrom "(?P<path>\.[^"]+)";', re.MULTILINE)
_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Vary": "Accept-Encoding",
}


def routes() -> list[Route]:
    """Return the routes to put beside Streamlit's own."""
    return [Route(f"/{HOME}{{version}}/{{path:path}}", module_endpoint)]


@cache
def scripts() -> dict[str, Path]:
    """List all scripts, by their path below `app`; read once, when the server starts."""
    return {module_name(path): path for path in sorted(APP.rglob("*.js"))}


@cache
def version() -> str:
    """Name all scripts by their content: 16 hexadecimal digits."""
    digest = hashlib.blake2b(digest_size=8)
    for name, path in scripts().items():
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def module_name(script: Path) -> str:
    """Return a script's name: its path below `app`."""
    return script.resolve().relative_to(APP).as_posix()


def module_path(script: Path) -> str:
    """Return where a page finds a script, relative to the address the app is served under."""
    return f"{HOME}{version()}/{module_name(script)}"


@cache
def closure(script: Path) -> tuple[Path, ...]:
    """List a script and all that it imports, directly or not, itself first."""
    found = [script.resolve()]
    for path in found:
        for match in _IMPORT.finditer(path.read_text(encoding="utf-8")):
            imported = (path.parent / match["path"]).resolve()
            if imported not in found:
                found.append(imported)
    return tuple(found)


@cache
def _compressed(name: str) -> bytes:
    return gzip.compress(scripts()[name].read_bytes(), mtime=0)


async def module_endpoint(request: Request) -> Response:
    """Answer with a script; 404 for anything else, and for scripts of another version."""
    name = request.path_params["path"]
    if request.path_params["version"] != version() or name not in scripts():
        return PlainTextResponse("There is no such script.", status_code=404)
    if "gzip" in request.headers.get("accept-encoding", ""):
        body, headers = _compressed(name), {**_HEADERS, "Content-Encoding": "gzip"}
    else:
        body, headers = scripts()[name].read_bytes(), _HEADERS
    return Response(body, media_type="text/javascript", headers=headers)
