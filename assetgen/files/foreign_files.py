"""Files that are taken for pictures and are none that we read: what their first bytes say they are, and the way out."""

from __future__ import annotations

from assetgen.extras import pip_install

_HEIC = f"is a HEIC photo: export it as JPEG, or let it be read: `{pip_install('heic')}`"
_JXL = "is a JPEG XL picture: export it as JPEG or PNG"
_JP2 = "is a JPEG 2000 picture: export it as JPEG or PNG"
_PSD = "is a Photoshop file: export it as PNG or JPEG"
_EPS = "is an EPS drawing: export it as PNG, large enough"
_RAW = "is a camera's raw file: export it as JPEG"
_WMF = "is a Windows metafile: export it as PNG, large enough"
_ICON = "is an icon file: export the picture as PNG"
_ARCHIVE = "is a packed folder: unpack it, and name the picture in it"
_VIDEO = "is a video: export one frame of it as JPEG"
_SOUND = "is a sound file, not a picture"
_OTHER = "is a picture of a format that is not read: export it as PNG or JPEG"
_PRIVATE = "is a drawing program's own file: export the picture as PNG"
_BAD_HEIC = "is a HEIC photo that is damaged or of a kind that is not read: export it as JPEG"
_DAMAGED = "is damaged or cut off: save or download it again"
_TIFF = "is a TIFF of a kind that is not read, such as CMYK with transparency, or damaged: export it as PNG or JPEG"

_STARTS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\x0a", _JXL),
    (4, b"JXL \r\n", _JXL),
    (4, b"jP  ", _JP2),
    (0, b"\xff\x4f\xff\x51", _JP2),
    (0, b"8BPS", _PSD),
    (0, b"\xc5\xd0\xd3\xc6", _EPS),
    (0, b"%!", _EPS),
    (0, b"%PDF", "is a PDF: export the picture in it as PNG or JPEG"),
    (8, b"CR\x02\x00", _RAW),
    (0, b"IIRO", _RAW),
    (0, b"IIRS", _RAW),
    (0, b"MMOR", _RAW),
    (0, b"IIU\x00", _RAW),
    (0, b"FUJIFILMCCD-RAW", _RAW),
    (0, b"FOVb", _RAW),
    (0, b"\x00MRM", _RAW),
    (6, b"HEAPCCDR", _RAW),
    (0, b"PK\x03\x04", _ARCHIVE),
    (0, b"PK\x05\x06", _ARCHIVE),
    (0, b"Rar!", _ARCHIVE),
    (0, b"7z\xbc\xaf", _ARCHIVE),
    (0, b"\x1f\x8b", _ARCHIVE),
    (0, b"BZh", _ARCHIVE),
    (0, b"\xfd7zXZ", _ARCHIVE),
    (0, b"\x28\xb5\x2f\xfd", _ARCHIVE),
    (257, b"ustar", _ARCHIVE),
    (0, b"\x1a\x45\xdf\xa3", _VIDEO),
    (0, b"FLV", _VIDEO),
    (0, b"\x00\x00\x01\xba", _VIDEO),
    (0, b"\x00\x00\x01\xb3", _VIDEO),
    (8, b"AVI ", _VIDEO),
    (0, b"\x30\x26\xb2\x75", _VIDEO),
    (8, b"WAVE", _SOUND),
    (0, b"ID3", _SOUND),
    (0, b"OggS", _SOUND),
    (0, b"fLaC", _SOUND),
    (8, b"CDR", _PRIVATE),
    (0, b"gimp xcf", "is a GIMP file: export it as PNG or JPEG"),
    (0, b"\x00\xffKA", "is an Affinity file: export it as PNG or JPEG"),
    (0, b"\xd0\xcf\x11\xe0", "is an Office document: export the picture in it as PNG or JPEG"),
    (0, b"{\\rtf", "is a text document, not a picture"),
    (0, b"\xd7\xcd\xc6\x9a", _WMF),
    (40, b" EMF", _WMF),
    (0, b"\x00\x00\x01\x00", _ICON),
    (0, b"\x00\x00\x02\x00", _ICON),
    (0, b"icns", _ICON),
    (0, b"\x76\x2f\x31\x01", _OTHER),  # OpenEXR
    (0, b"#?RADIANCE", _OTHER),
    (0, b"DDS ", _OTHER),
    (0, b"qoif", _OTHER),
    (0, b"FLIF", _OTHER),
    (0, b"II\xbc\x01", _OTHER),  # JPEG XR
    (0, b"SIMPLE  =", _OTHER),  # FITS
    (128, b"DICM", _OTHER),
    (0, b"\x0a\x05\x01", _OTHER),  # PCX
    (0, b"BPG\xfb", _OTHER),
    *((0, b"P%d%c" % (kind, end), _OTHER) for kind in range(1, 8) for end in b"\n \r\t"),  # Netpbm
    (0, b"farbfeld", _OTHER),
    (0, b"\x59\xa6\x6a\x95", _OTHER),  # Sun raster
    (0, b"\x01\xda", _OTHER),  # SGI
    (0, b"version https://git-lfs", "is only Git LFS's note of a file: fetch the file itself with `git lfs pull`"),
    (0, b"\x00\x05\x16\x07", "is a note that macOS keeps beside a file: name the file without `._` before it"),
    (0, b"L\x00\x00\x00\x01\x14\x02", "is a shortcut of Windows: name the file that it leads to"),
    # Those that we read, where no decoder made anything of the rest.
    (0, b"\xff\xd8\xff", _DAMAGED),
    (0, b"\x89PNG", _DAMAGED),
    (0, b"GIF8", _DAMAGED),
    (8, b"WEBP", _DAMAGED),
    (8, b"avif", _DAMAGED),
    (8, b"avis", _DAMAGED),
    (0, b"II*\x00", _TIFF),
    (0, b"MM\x00*", _TIFF),
    (0, b"II+\x00", _TIFF),
    (0, b"MM\x00+", _TIFF),
    (4, b"ftypcrx ", _RAW),
)
"""Where such bytes stand, and what they mean; the first that fits holds."""

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"})
"""The brands of ISO/IEC 23008-12 with which a photo of a phone begins."""

_TEXTS = (
    ("<", "is a web page or XML, not a picture"),
    ("data:image/", "is the text of a picture's data address: save the picture itself"),
    ("%!", _EPS),
    ("{", "is JSON, such as a server's error message, not a picture"),
    ("[", "is JSON, such as a server's error message, not a picture"),
)
"""How texts begin, in small letters."""


def in_words(data: bytes, *, heic: bool = False) -> str:
    """What the bytes are if they are no picture that we read, as the end of a sentence about the file.

    heic: whether HEIC is read here, so that one is damaged.
    """
    if not data:
        return "is empty"
    for at, start, words in _STARTS:
        if data.startswith(start, at):
            return words
    if data[4:8] == b"ftyp":
        return _VIDEO if data[8:12] not in _HEIC_BRANDS else _BAD_HEIC if heic else _HEIC
    head = data[:4096]
    if not head.strip(b"\0"):
        return "holds nothing but zeros: download or copy it again"
    text = _text(head)
    return "is not a picture that can be read" if text is None else _kind_of_text(text)


def damaged(data: bytes) -> str:
    """What a file is that begins as a picture and could not be read on, as the end of a sentence about it."""
    return _BAD_HEIC if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS else _DAMAGED


def _text(head: bytes) -> str | None:
    """The beginning of a file as text, without what may stand before its first word; None where it is no text."""
    utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if utf16 else "utf-8-sig", "ignore" if utf16 else "replace").lstrip()
    strange = sum(not (char.isprintable() or char.isspace()) or char == "�" for char in text)
    return None if strange > len(text) // 20 else text


def _kind_of_text(text: str) -> str:
    start = text.lower()
    if "<svg" in start or ":svg" in start:
        return "is an SVG drawing: export it as PNG, large enough"
    return next((words for first, words in _TEXTS if start.startswith(first)), "is a text, not a picture")
