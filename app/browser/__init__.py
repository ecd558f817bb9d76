"""Streamlit components, one folder each: a typed wrapper, `component.js` and `component.css`.

A wrapper passes what `cnn_core` computed and returns what the reader did. Scripts lay out,
highlight and listen; they do no mathematics on pictures.
"""
