"""Solids, surfaces, lamps and a camera: how light gets from one to the other."""

__all__ = [
    "camera",
    "coat",
    "colours",
    "developing",
    "foliage",
    "light",
    "noise",
    "shading",
    "solids",
    "surfaces",
    "sweep",
]
