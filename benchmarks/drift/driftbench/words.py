"""What ordinary answers are made of: names, places, sentences, hosts."""

from __future__ import annotations

import re

__all__ = [
    "BRANCHES",
    "CITIES",
    "COUNTRIES",
    "CURRENCIES",
    "FIRST_NAMES",
    "HOSTS",
    "KEYS",
    "LANGUAGES",
    "LAST_NAMES",
    "NOUNS",
    "REASONS",
    "SENTENCES",
    "STREETS",
    "tokens",
]

FIRST_NAMES = (
    "Amara",
    "Björn",
    "Chloé",
    "Dmitri",
    "Elif",
    "Farid",
    "Grace",
    "Hiroshi",
    "Inês",
    "Jakub",
    "小明",
)
LAST_NAMES = (
    "Okafor",
    "Lindqvist",
    "Moreau",
    "Volkov",
    "Demir",
    "Haddad",
    "Whitfield",
    "Tanaka",
    "Nowak",
    "王",
)
CITIES = ("Malmö", "Rotterdam", "Leeds", "Graz", "Porto", "Ghent", "Turku", "Brno", "Cork", "Nantes")
COUNTRIES = ("SE", "NL", "GB", "AT", "PT", "BE", "FI", "CZ", "IE", "FR")
STREETS = ("Harbour Road", "Lindenallee", "Rue des Tanneurs", "Storgatan", "Mill Lane", "Via Garibaldi")
CURRENCIES = ("EUR", "USD", "GBP", "SEK", "CHF", "PLN")
LANGUAGES = ("en-GB", "de-AT", "sv-SE", "pt-PT", "fr-BE")
BRANCHES = ("main", "release/2.4", "fix-retry-loop", "feature/maps", "develop")
NOUNS = (
    "lantern",
    "harbour",
    "walnut",
    "kestrel",
    "granite",
    "meadow",
    "compass",
    "velvet",
    "juniper",
    "anchor",
    "tundra",
    "marble",
)
SENTENCES = (
    "Handle with care near the second gate.",
    "The quick check went through without remarks.",
    "A warm evening by the sea, seen from above.",
    "Keep the retry loop bounded",
    "Ligne 4 remplacée; rien d'autre à signaler",
    "两个人在海边散步",
    "Left with the neighbour at number 12.",
)
REASONS = (
    "The input could not be decoded.",
    "The content was refused by the moderation filter",
    "Out of memory on the worker; nothing was written",
    "upstream timed out after 600 s",
    "insufficient balance",
    "The source file has no audio track.",
    "Rejected by the issuer: card reported lost",
)
HOSTS = (
    "cdn3.northlight-media.com",
    "files.quartzbay.net",
    "d2l8k1tq9r.cloudfront.net",
    "static.hedgerow.io",
)
KEYS = (
    "north_roof",
    "s1",
    "Probe-07",
    "id",
    "status",
    "url",
    "2024-03",
    "temperature",
    "outdoor.humidity",
    "owner",
    "data",
    "Höhe",
)
"""Keys of free maps; some look like the fields of other objects, which is allowed there."""

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\x00-\x7f]+")


def tokens(name: str) -> tuple[str, ...]:
    """Return the words that a field's name is put together from, in lower case."""
    return tuple(part.lower() for part in _PARTS.findall(name))
