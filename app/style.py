"""What CSS adds to the theme: the head of a page, the start page, the enlarged classroom view."""

import streamlit as st

_ALWAYS = """
[data-testid="stMainBlockContainer"] { padding: 1rem 2rem 2rem; max-width: 120rem; }
[data-testid="stHeader"] { height: 2.75rem; min-height: 0; background: none; pointer-events: none; }
[data-testid="stHeader"] button { pointer-events: auto; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.78; }
[data-testid="stBaseButton-primary"]:not(:disabled) { color: Canvas; }
[data-testid="stHeading"] h1 { font-size: 1.7rem; padding: 0; }
[data-testid="stHeading"] h3 { font-size: 1.15rem; padding: 0.4rem 0 0.2rem; }
[data-testid="stSidebarHeader"] { height: 2.6rem; margin-bottom: 0; }
[data-testid="stImage"] img { max-height: 26rem; min-height: 2px; object-fit: contain; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.75; }
:is(.st-key-guide_notes, .st-key-channels_apart, .st-key-unit_dossier, .st-key-attributions_trained,
  .st-key-attributions_random) > [data-testid="stHorizontalBlock"],
[data-testid="stButtonGroup"] > div { flex-wrap: wrap; }
:is(.st-key-attributions_trained, .st-key-attributions_random) [data-testid="stColumn"] {
  min-width: 7.6rem; }
.st-key-unit_dossier [data-testid="stColumn"] { min-width: min(100%, 15rem); }
.st-key-unit_dossier [data-testid="stColumn"]:nth-child(2) { min-width: min(100%, 30rem); }
.st-key-selected_layer { min-width: min(100%, 21rem); }
.st-key-guide_notes [data-testid="stColumn"] { min-width: min(100%, 17rem); }
.st-key-channels_apart [data-testid="stColumn"] { min-width: 6rem; }
.st-key-channels_apart [data-testid="stColumn"]:last-child { min-width: min(100%, 18.5rem); }
[data-testid="stLayoutWrapper"]:has(> .st-key-computing) { position: absolute; z-index: 1; }
.st-key-guard_place { position: absolute; width: 0; }
.st-key-page_head { position: relative; z-index: 2; }
.promise { margin: 0; font-size: 1rem; opacity: 0.8; }
.st-key-promise_row { flex-wrap: nowrap; }
.st-key-neighbors { flex: none; }
.st-key-picture_chip button { min-height: 2.2rem; padding-left: 2.6rem; white-space: nowrap;
  background: var(--picture) 0.25rem center / 1.9rem 1.7rem no-repeat; }
.picture-in-use { font-size: 0.875rem; overflow-wrap: anywhere; }
[class*="st-key-choose_"] button img { max-height: none; width: 2.6rem; height: 2.6rem;
  margin-right: 0.3rem; object-fit: cover; border-radius: 0.25rem; vertical-align: middle; }
[class*="st-key-choose_"] button { padding: 0.15rem 0.5rem 0.15rem 0.15rem; }
[class*="st-key-choose_"] button :is([data-testid="stMarkdownContainer"], p) {
  white-space: normal; }
.st-key-lesson_cards { display: grid;
  grid-template-columns: repeat(auto-fit, minmax(6.2rem, 1fr)); }
[class*="st-key-card_"] { position: relative; padding: 0.4rem; border-radius: 0.5rem; }
[class*="st-key-card_"]:hover { background: color-mix(in srgb, currentColor 7%, transparent); }
[class*="st-key-card_"] img { display: block; width: 100%; height: auto; border-radius: 0.375rem;
  background: color-mix(in srgb, currentColor 8%, transparent); }
[class*="st-key-card_"] p { margin: 0; font-size: 0.875rem; line-height: 1.3; }
[class*="st-key-card_"] [data-testid="stElementContainer"]:has([data-testid="stPageLink"]) {
  margin: 0.3rem 0 0.1rem; }
[class*="st-key-card_"] [data-testid="stPageLink"] a { position: static; padding: 0; }
[class*="st-key-card_"] [data-testid="stPageLink"] a p { font-weight: 600; white-space: normal; }
[class*="st-key-card_"] :not(a) { position: static; }
[class*="st-key-card_"] a > span:has([data-testid="stIconMaterial"]) { display: none; }
[class*="st-key-card_"] [data-testid="stPageLink"] a::after { content: ""; position: absolute;
  inset: 0; }
.st-key-lab_stage, .st-key-below_stage { container-type: inline-size; }
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
  .st-key-below_stage [data-testid="stColumn"] { min-width: 14rem; }
}
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding: 0.75rem 1rem 2rem; }
  [data-testid="stHeading"] h1 { padding-left: 1.75rem; font-size: 1.4rem; }
  .promise { font-size: 0.875rem; }
  .st-key-neighbors [data-testid="stPageLink"] p { display: none; }
}
.presenting [data-testid="stSidebar"], .presenting [data-testid="stExpandSidebarButton"],
.presenting .st-key-page_head, .presenting [class*="st-key-below_"] { display: none; }
"""

_CLASSROOM = """
html { font-size: clamp(20px, min(1.7vw, 2.85vh), 40px);
  --least-text: max(14px, 1.4vw); --line-scale: 2; }
[data-testid="stCaptionContainer"] { font-size: var(--least-text); }
[data-testid="stMarkdownContainer"] code { font-size: max(0.9em, var(--least-text)); }
[data-testid="stCaptionContainer"] code { font-size: 1em; }
.st-key-lab_strip { --tile-direction: row; }
[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"] { display: none; }
[data-testid="stHeading"] h1 { font-size: 1.6rem; }
"""


def apply_style(*, classroom: bool) -> None:
    """Put the style sheet on the page; all sizes are in rem, so one font size enlarges the app."""
    st.html(f"<style>{_ALWAYS}{_CLASSROOM if classroom else ''}</style>")
