"""The words that invented texts are made of: no real person, company, host or number.

Hosts are those that RFC 2606 reserves, telephone numbers those set aside for fiction, addresses those for
documentation (RFC 5737, RFC 3849).
"""

from __future__ import annotations

from typing import Final

FIRST_NAMES: Final = ("Ada", "Bela", "Carol", "Dana", "Elif", "Farid", "Grace", "Hana", "Ivo", "Jun", "Kofi", "Lena")
LAST_NAMES: Final = ("Almeida", "Brandt", "Castro", "Dufour", "Eriksen", "Fischer", "Garner", "Huang", "Ito", "Jansen")
ADJECTIVES: Final = ("amber", "bright", "calm", "early", "green", "lively", "northern", "plain", "quiet", "silver")
NOUNS: Final = ("anchor", "bridge", "canyon", "garden", "harbor", "lantern", "meadow", "orchard", "river", "summit")
CITIES: Final = ("Lisbon", "Oslo", "Kyoto", "Toronto", "Nairobi", "Lima", "Dublin", "Hobart")
STREETS: Final = ("12 Harbor Street", "48 Orchard Lane", "7 Mill Road", "301 Summit Avenue")
REGIONS: Final = ("Bavaria", "Ontario", "Tasmania", "Normandy")
COUNTRIES: Final = (("PT", "Portugal"), ("NO", "Norway"), ("JP", "Japan"), ("CA", "Canada"), ("KE", "Kenya"))
CURRENCIES: Final = ("EUR", "USD", "JPY", "CAD")
LANGUAGES: Final = ("en", "pt", "fr", "de")
LOCALES: Final = ("en-US", "pt-PT", "fr-FR", "de-DE")
TIME_ZONES: Final = ("Europe/Lisbon", "America/Toronto", "Asia/Tokyo", "UTC")
COLORS: Final = ("#2f6f4f", "#3355aa", "#c0392b", "#f1c40f")
SUFFIXES: Final = ("Works", "Partners", "Labs", "Trading")
SENTENCES: Final = (
    "An example, invented from the description of the API.",
    "Nothing of this happened; it only has the right form.",
    "A short text that stands for a longer one.",
)
