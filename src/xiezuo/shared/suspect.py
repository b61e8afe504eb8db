"""What looks like the contents of a matter in words that should only point to it. Pure; finds, and judges nothing.

Pointers, agenda and minutes say where something lies (design: what the product must never hold): no person concerned, no
identity number, no text of a clue.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LONGEST_SHOWN = 2
"""Characters of what was found that are repeated: enough to find it again, not enough to spread it."""

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s\-·.]+(?=[\dXx])")
_IDENTITY = re.compile(r"(?<!\d)(?:\d{6}((?:18|19|20)\d{6})\d{3}[\dXx]|\d{6}(\d{6})\d{3})(?!\d)")
_TELEPHONE = re.compile(r"(?<!\d)(?:\+?86)?(?:1[3-9]\d{9}|0\d{2,3}[2-9]\d{6,7})(?!\d)")
_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马胡朱郭何罗高林郑梁谢唐许冯宋韩邓彭曹曾田萧董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖"
    "石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常阎傅康易乔赖文"
)
_NAME = rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}"
_NAMES = re.compile(rf"(?<![\u4e00-\u9fff]){_NAME}(?:[、，,；;/和与\s]{_NAME})+(?![\u4e00-\u9fff])")
_CONTENT = re.compile(
    "被?反映人?|被?举报人?|涉案人|被谈话人|被审查人|被调查人|涉嫌|受贿|行贿|贪污|挪用|侵占|嫖|赌博"
)


class Looks(StrEnum):
    """As what it looks."""

    IDENTITY = "identity"
    TELEPHONE = "telephone"
    NAMES = "names"
    CONTENT = "content"


@dataclass(frozen=True)
class Found:
    """One thing found, shown in part only, but for a word of the language."""

    looks: Looks
    shown: str


def suspicions(texts: Iterable[str]) -> list[Found]:
    """Everything in the texts that looks like contents of a matter, each once, in the order in which it is read."""
    return list(dict.fromkeys(each for text in texts for each in _in(plain(text))))


def plain(text: str) -> str:
    """The text as it is looked at: full-width digits as digits, numbers without what was put between their digits."""
    return _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", text)).strip()


def _in(text: str) -> Iterable[Found]:
    for looks, pattern in (
        (Looks.IDENTITY, _IDENTITY),
        (Looks.TELEPHONE, _TELEPHONE),
        (Looks.NAMES, _NAMES),
        (Looks.CONTENT, _CONTENT),
    ):
        for match in pattern.finditer(text):
            if looks != Looks.IDENTITY or _is_day(match[1] or f"19{match[2]}"):
                yield Found(looks, match[0] if looks == Looks.CONTENT else f"{match[0][:LONGEST_SHOWN]}……")


def _is_day(digits: str) -> bool:
    """Whether the eight digits are a day, as the birth date in an identity number is (GB 11643-1999)."""
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
