"""The regions, and whom to call outside the doctor's hours.

Numbers looked up November 2026: Hovedstaden 1813 (da.wikipedia.org/wiki/Vagtlæge), Sjælland 1818 from 1.10.2022 (Region
Sjælland's announcement), Syddanmark (regionsyddanmark.dk, Lægevagt), Midtjylland (laegevagten.dk), Nordjylland
(da.wikipedia.org/wiki/Vagtlæge, Hjørring Kommune). Hovedstaden and Sjælland become one region in 2027: look again then.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Region:
    name: str
    out_of_hours: str  # what the line is called there
    phone: str


REGIONS = {
    "hovedstaden": Region("Region Hovedstaden", "Akuttelefonen", "1813"),
    "sjaelland": Region("Region Sjælland", "Akuttelefonen", "1818"),
    "syddanmark": Region("Region Syddanmark", "Lægevagten", "70110707"),
    "midtjylland": Region("Region Midtjylland", "Lægevagten", "70113131"),
    "nordjylland": Region("Region Nordjylland", "Lægevagten", "70150300"),
}
