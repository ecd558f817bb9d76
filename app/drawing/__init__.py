"""Arrays become pictures: color scales, encoded images, frames. No Streamlit here."""
