"""What spreadsheets write into a cell whose formula failed, in the languages that they speak."""

from __future__ import annotations

import re

from assetgen.errors import Location, Problem

UNSAVED = "#UNSAVED!"
"""The text of a cell whose formula has no result in the file: the program that wrote it does not calculate."""

_WORDS = frozenset(
    """
    #N/A #REF! #NAME? #VALUE! #DIV/0! #NUM! #NULL! #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT! #UNKNOWN! #BUSY! #ERROR!
    #N/A! #NUL! #GETTING_DATA #PYTHON! #EXTERNAL! #TIMEOUT!
    #NV #BEZUG! #WERT! #ZAHL! #ÜBERLAUF! #KALK!
    #VALEUR! #NOM? #NOMBRE! #NUL! #PROPAGATION! #EPARS! #CALCUL!
    #N/D #¡REF! #¡VALOR! #¿NOMBRE? #¡NUM! #¡NULO! #¡DIV/0! #¡DESBORDAMIENTO! #¡CALC!
    #VALOR! #NOME? #NÚM! #NULO! #DESPEJAR!
    #RIF! #VALORE! #NULLO! #ESPANSIONE!
    #N/B #VERW! #WAARDE! #NAAM? #GETAL! #LEEG! #DEEL/0! #OVERLOPEN!
    #ADR! #ARG! #NAZWA? #LICZBA! #ZERO! #DZIEL/0! #ROZLANIE!
    #SAKNAS! #REFERENS! #VÄRDEFEL! #NAMN? #OGILTIGT! #SKÄRNING! #DIVISION/0! #SPILL!
    #I/T #REFERENCE! #VÆRDI! #NAVN? #VERDI! #OVERFLOW!
    #PUUTTUU! #VIITTAUS! #ARVO! #NIMI? #LUKU! #TYHJÄ! #JAKO/0! #TÄYTÄ!
    #NENÍ_K_DISPOZICI #ODKAZ! #HODNOTA! #NÁZEV? #ČÍSLO! #DĚLENÍ_NULOU!
    #HIÁNYZIK #HIV! #ÉRTÉK! #NÉV? #SZÁM! #NULLA! #ZÉRÓOSZTÓ!
    #YOK #BAŞV! #DEĞER! #AD? #SAYI! #BOŞ! #SAYI/0!
    #Н/Д #ССЫЛКА! #ЗНАЧ! #ИМЯ? #ЧИСЛО! #ПУСТО! #ДЕЛ/0! #ПЕРЕНОС!
    """.split()  # noqa: SIM905 - as words they can be read
)
"""Excel's errors; LibreOffice and Google have the same ones."""

_ELSE = re.compile(r"Err:5\d\d|#{3,}")
"""LibreOffice's own, and a cell that was too narrow when it was printed into a file."""


def is_spreadsheet_error(cell: str) -> bool:
    """Whether a cell holds nothing but such an error."""
    bare = cell.strip()
    return bare.startswith(("#", "Err:")) and (
        bare == UNSAVED or bare.upper() in _WORDS or _ELSE.fullmatch(bare) is not None
    )


def failed_formula(column: str, cell: str, place: Location | None = None) -> Problem:
    """The problem that such an error is in a cell that a picture needs."""
    hint = "mend the formula there, and export the table again"
    return Problem(f"the spreadsheet has an error in `{column}`: `{cell.strip()}`", place, hint)
