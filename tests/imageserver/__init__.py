"""A server that speaks the OpenAI images protocol on loopback, draws for nothing and keeps the bill."""

from tests.imageserver.answers import Answer, blocked, broken, dropped, no_credit, overloaded, rate_limited
from tests.imageserver.records import Bill, Call, File, RateLimit
from tests.imageserver.server import ImageServer

__all__ = [
    "Answer",
    "Bill",
    "Call",
    "File",
    "ImageServer",
    "RateLimit",
    "blocked",
    "broken",
    "dropped",
    "no_credit",
    "overloaded",
    "rate_limited",
]
