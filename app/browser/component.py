"""How a component gets its script and its style sheet to the browser."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from app.browser.modules import HOME, closure, module_name, version
from app.session import state

_BASE_STYLE = Path(__file__).parent / "base.css"
_MOUNTING = Path(__file__).parent / "mounting.js"
_APP = Path(__file__).parents[1]


def component(file: str, *sheets: str) -> Callable[..., Any]:
    """Return the mounting command of the component whose `__init__.py` this is.

    `sheets` are style sheets that it shares with others, relative to `app/`. With the data goes the
    stamp of the last report that was taken over (`app/browser/report.js`).
    """

    def mount(
        *,
        key: str,
        data: dict[str, Any],
        on_changes_change: Callable[[], None],
        width: Literal["stretch", "content"] = "stretch",
    ) -> Any:
        taken = state.taken_of(key)
        data = {**data, "taken": taken} if taken else data
        mounted = _registered(file, sheets)
        return mounted(key=key, data=data, on_changes_change=on_changes_change, width=width)

    return mount


@cache
def _registered(file: str, sheets: tuple[str, ...]) -> Any:
    """Register a component at its first use.

    Its folder holds `component.js`, an ES module whose default export mounts it, and style sheets,
    which are joined by name behind those that it shares.
    """
    folder = Path(file).parent
    styles = (_BASE_STYLE, *(_APP / one for one in sheets), *sorted(folder.glob("*.css")))
    style = "\n".join(path.read_text(encoding="utf-8") for path in styles)
    return st.components.v2.component(
        f"kernelscope_{folder.name}", css=style, js=loader(folder / "component.js")
    )


def loader(script: Path) -> str:
    """Write the script that Streamlit hands to the browser: it imports `script` from our route.

    Streamlit wants a default export that returns at once and gives a cleanup, so what it is called
    with before the module has arrived is passed on when it has. The modules that `script` imports
    are fetched with it, not one after the other as each names the next.
    """
    scripts = dict.fromkeys([script.resolve(), *closure(_MOUNTING), *closure(script)])
    names = json.dumps([module_name(path) for path in scripts], separators=(",", ":"))
    return f"""
const home = new URL("{HOME}{version()}/", document.baseURI);
const [script, mounting, ...others] = {names}.map((one) => new URL(one, home).href);
for (const href of others) {{
  if (document.querySelector(`link[href="${{href}}"]`)) continue;
  document.head.append(
    Object.assign(document.createElement("link"), {{ rel: "modulepreload", href }}),
  );
}}
let mount;
const ready = Promise.all([import(script), import(mounting)]).then(
  ([component, {{ withAddresses }}]) => {{ mount = withAddresses(component.default); }},
);
export default (given) => {{
  if (mount) return mount(given);
  let cleanup, gone = false;
  ready.then(() => {{ if (!gone) cleanup = mount(given); }});
  return () => {{ gone = true; cleanup?.(); }};
}};
"""
