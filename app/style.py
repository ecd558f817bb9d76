"""What CSS adds to the theme: less empty space, and the enlarged classroom view."""

import streamlit as st

# The camera is placed here: under its button, which is low in the sidebar, Streamlit leaves it so
# little height that what takes the picture is out of sight.
_ALWAYS = """
[data-testid="stMainBlockContainer"] { padding: 3.4rem 2rem 2rem; max-width: 120rem; }
[data-testid="stHeading"] h1 { font-size: 1.7rem; padding: 0 0 0.1rem; }
[data-testid="stHeading"] h3 { font-size: 1.15rem; padding: 0.4rem 0 0.2rem; }
[data-testid="stSidebarUserContent"] { padding-top: 0.5rem; }
[data-testid="stSidebarHeader"] { height: 2.6rem; margin-bottom: 0; }
[data-testid="stImage"] img { max-height: 26rem; min-height: 2px; object-fit: contain; }
[data-testid="stPopoverBody"]:has([data-testid="stCameraInput"]) {
  inset: auto auto 0.5rem 0.5rem !important;
  transform: none !important; max-height: calc(100dvh - 1rem) !important; }
.st-key-guard_place { position: absolute; width: 0; }
.st-key-lab_stage { container-type: inline-size; }
.st-key-lab_stage [data-testid="stVerticalBlock"] { gap: 0.5rem; }
@container (min-width: 600px) {
  [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"] .st-key-lab_painter) {
    flex-wrap: nowrap; }
  [data-testid="stColumn"]:has(.st-key-lab_painter) { min-width: 15rem; }
}
@container (max-width: 599px) {
  [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"] .st-key-lab_painter) {
    flex-direction: column; }
  [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"] .st-key-lab_painter)
    > [data-testid="stColumn"] { flex: none; width: 100%; }
  .st-key-lab_painter { --side-at-most: 11rem; --fold-position: static; }
}
.picture-in-use { margin: 0; }
.picture-in-use img { display: block; width: 100%; object-fit: contain; border-radius: 0.375rem;
  background: color-mix(in srgb, currentColor 8%, transparent); }
.picture-in-use img.dots { image-rendering: pixelated; }
.picture-in-use figcaption { margin-top: 0.35rem; font-size: 0.875rem; opacity: 0.7;
  overflow-wrap: anywhere; }
"""

_CLASSROOM = """
html { font-size: clamp(20px, min(1.7vw, 2.6vh), 40px);
  --least-text: max(14px, 1.4vw); --line-scale: 2; }
.st-key-lab_strip { --tile-direction: row; }
[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"] { display: none; }
[data-testid="stHeading"] h1 { font-size: 1.6rem; }
"""


def apply_style(*, classroom: bool) -> None:
    """Put the style sheet on the page; all sizes are in rem, so one font size enlarges the app."""
    st.html(f"<style>{_ALWAYS}{_CLASSROOM if classroom else ''}</style>")
