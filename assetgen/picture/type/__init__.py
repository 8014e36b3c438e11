"""Words on pictures: fonts, lines, sizes, prices, and whether they can be read."""

__all__ = ["fonts", "ground_under_words", "lettering", "pango", "readable", "text_fit", "typesetting"]
