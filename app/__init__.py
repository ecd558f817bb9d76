"""The Streamlit front end of Kernelscope and its live channel."""
