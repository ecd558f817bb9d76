"""Streamlit controls that return values `cnn_core` takes."""
