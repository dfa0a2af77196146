"""STUB"""
from dataclasses import dataclass
@dataclass(frozen=True, slots=True)
class Offer:
    kind: str
    label: str
    address: str
    language: str
    facts: str
def offers_of(words, *, limit): return []
def offer_of_page(page): return Offer("page", page.title, page.get_absolute_url(), page.wiki.language, str(page.wiki))
