"""The signs of money as people write them, and whose they are."""

from __future__ import annotations

SIGNS = {
    "": "", "€": "EUR", "Euro": "EUR", "euro": "EUR", "euros": "EUR", "eur": "EUR", "Eur": "EUR", "£": "GBP",
    "US$": "USD", "R$": "BRL", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD",
    "NT$": "TWD", "S$": "SGD", "MX$": "MXN", "AR$": "ARS", "JP¥": "JPY", "CN¥": "CNY", "RMB": "CNY", "₹": "INR",
    "₩": "KRW", "원": "KRW", "円": "JPY", "元": "CNY", "₽": "RUB", "руб": "RUB", "₴": "UAH", "грн": "UAH",
    "₪": "ILS", "₫": "VND", "đ": "VND", "VNĐ": "VND", "฿": "THB", "₺": "TRY", "TL": "TRY", "₱": "PHP",
    "Rp": "IDR", "RM": "MYR", "S/": "PEN", "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "lei": "RON", "лв": "BGN",
    "₦": "NGN", "₡": "CRC", "₲": "PYG", "Gs": "PYG", "₸": "KZT", "₼": "AZN", "₾": "GEL", "֏": "AMD", "៛": "KHR",
    "₭": "LAK", "₮": "MNT", "₵": "GHS", "KSh": "KES", "ر.س": "SAR", "د.إ": "AED", "د.ك": "KWD", "ر.ق": "QAR",
    "ج.م": "EGP", "د.ب": "BHD", "ر.ع": "OMR", "د.ت": "TND", "د.م": "MAD", "﷼": "IRR", "ریال": "IRR",
}  # fmt: skip
"""Signs of money that one currency has."""

_DOLLARS = (
    "USD ARS AUD BBD BMD BND BRL BSD BZD CAD CLP COP CUP CVE DOP FJD GYD HKD JMD KYD LRD MOP MXN NAD NIO NZD SBD SGD"
    " SRD TOP TTD TWD UYU WST XCD"
)
_KRONER = "SEK NOK DKK ISK"
_RUPEES = "INR PKR LKR NPR MUR SCR"
_FRANCS = "CHF XAF XOF XPF BIF CDF DJF GNF KMF RWF"
SHARED = {
    "$": _DOLLARS, "¥": "JPY CNY", "kr": _KRONER, "Kr": _KRONER, "Rs": _RUPEES, "₨": _RUPEES,
    "fr": _FRANCS, "Fr": _FRANCS, "CFA": "XAF XOF", "FCFA": "XAF XOF", "F CFA": "XAF XOF",
}  # fmt: skip
"""Signs of money that several currencies have: they say only what it is not."""
