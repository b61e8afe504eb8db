"""What looks like the contents of a matter in words that should only point to it. Pure; finds, and judges nothing.

Agenda and minutes hold pointers (design: what it must never hold): no person concerned, no identity number, no text of a
clue. A number that can be checked is certain and refused; what only looks so is asked about once more.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LONGEST_SHOWN = 2
"""Characters of what was found that are repeated: enough to find it again, not enough to spread it."""

_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)0\d{2,3}[-－ ]\d{7,8}(?!\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马胡朱郭何罗高林郑梁谢唐许冯宋韩邓彭曹曾田萧董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖"
    "石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
_NAME = rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}"
_NAMES = re.compile(rf"(?<![\u4e00-\u9fff]){_NAME}(?:[、，,]{_NAME}){{2,}}(?![\u4e00-\u9fff])")
_REPORTED = re.compile(r"被举报人|被反映人|举报人|反映人|涉案人|被谈话人|被审查人|被调查人")


class Looks(StrEnum):
    """As what it looks."""

    IDENTITY = "identity"
    TELEPHONE = "telephone"
    NAMES = "names"
    CONCERNED = "concerned"


@dataclass(frozen=True)
class Found:
    """One thing found, shown in part only."""

    looks: Looks
    shown: str


def suspicions(texts: Iterable[str]) -> list[Found]:
    """Everything in the texts that looks like contents of a matter, each once, in the order in which it is read."""
    found = [each for text in texts for each in _in(text)]
    return list(dict.fromkeys(found))


def _in(text: str) -> Iterable[Found]:
    for looks, pattern in (
        (Looks.IDENTITY, _IDENTITY),
        (Looks.TELEPHONE, _MOBILE),
        (Looks.TELEPHONE, _LANDLINE),
        (Looks.NAMES, _NAMES),
        (Looks.CONCERNED, _REPORTED),
    ):
        for match in pattern.finditer(text):
            if looks != Looks.IDENTITY or _is_identity(match[0]):
                yield Found(looks, match[0] if looks == Looks.CONCERNED else f"{match[0][:LONGEST_SHOWN]}……")


def _is_identity(digits: str) -> bool:
    """Whether the last character is the check of the seventeen before it (GB 11643-1999)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits[:17], strict=True))
    return _CHECKS[total % 11] == digits[17].upper()
