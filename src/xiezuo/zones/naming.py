"""One zone, however it is called: 市直, 县直, 区直 and 直属 mean the same, and 监督执纪 may be left out. Pure.

Source: domain.md §0 (one document names the same zone two ways).
"""

import unicodedata

DIRECT_WORDS = ("县直", "市直", "区直", "直属")
LEFT_OUT = ("监督执纪", "执纪监督")
COUNTY_WORDS = {"县": "县直", "市": "市直", "区": "区直"}
"""The word of a direct zone by the type of the county (县级类型)."""


def plain_name(name: str) -> str:
    """What two ways of calling one zone have in common."""
    words = "".join(unicodedata.normalize("NFKC", name).split())
    for each in LEFT_OUT:
        words = words.replace(each, "")
    for each in DIRECT_WORDS[1:]:
        words = words.replace(each, DIRECT_WORDS[0])
    return words


def canonical_name(name: str, county_type: str) -> str:
    """The one name that a county of that type shows: its own word for direct zones, everything else as it is."""
    own = COUNTY_WORDS.get(county_type, DIRECT_WORDS[0])
    for each in DIRECT_WORDS:
        if each in name:
            return name.replace(each, own)
    return name


def name_variants(name: str) -> list[str]:
    """The name, and every other way of saying 县直 in it; the given one first."""
    said = next((each for each in DIRECT_WORDS if each in name), None)
    if said is None:
        return [name]
    return list(dict.fromkeys([name, *(name.replace(said, each) for each in DIRECT_WORDS)]))
