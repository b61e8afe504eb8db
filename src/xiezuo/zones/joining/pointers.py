"""What must not stand where only a pointer belongs: numbers of people, lists of names, the contents of a clue.

A pointer says where something lies (a number, a document, a task by its name) and nothing of what lies there.
"""

import re
import unicodedata
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from xiezuo.shared.errors import Reason

LONGEST = 60
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
    "方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_IDENTITY = re.compile(r"(?<!\d)(?:\d{6}((?:18|19|20)\d{6})\d{3}[\dXx]|\d{6}(\d{6})\d{3})(?!\d)")
_TELEPHONE = re.compile(r"(?<!\d)(?:\+?86)?(?:1[3-9]\d{9}|0\d{2,3}[2-9]\d{6,7})(?!\d)")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s\-·.]+(?=[\dXx])")
_LISTED = re.compile(r"[、，,；;/和与\s]+")
_CONTENT = ("反映", "举报人", "被举报", "涉嫌", "受贿", "行贿", "贪污", "挪用", "侵占", "嫖", "赌博")


def against_pointer(text: str, *, sure: bool = False, field: str = "title") -> list[Reason]:
    """What stands against these words as a pointer; `sure`: whoever wrote them says that names and words are none of a
    matter's contents. Numbers of identity cards and telephones are never taken."""
    plain = _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", text)).strip()
    if not plain:
        return [
            Reason(field, _("There is no pointer; expected a number or a name, such as 专项〔2023〕2号."))
        ]
    if len(plain) > LONGEST:
        words = _(
            "The pointer has %(found)s characters; expected at most %(most)s: only where the matter lies."
        )
        return [Reason(field, words % {"found": len(plain), "most": LONGEST})]
    return [Reason(field, words) for words in (*_numbers(plain), *(() if sure else _doubtful(plain)))]


def _numbers(plain: str) -> list[str]:
    found = []
    if any(_is_birth(match[1] or f"19{match[2]}") for match in _IDENTITY.finditer(plain)):
        found.append(
            _("This holds what looks like the number of an identity card; a pointer says nothing of people.")
        )
    if _TELEPHONE.search(plain):
        found.append(_("This holds what looks like a telephone number; a pointer says nothing of people."))
    return found


def _is_birth(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _doubtful(plain: str) -> list[str]:
    found = []
    if _lists_names(plain):
        found.append(
            _("This looks like a list of names. Give a number instead; or confirm that they are no people.")
        )
    if told := [word for word in _CONTENT if word in plain]:
        words = _(
            "“%(found)s” tells what the matter is about. Give a number instead; or confirm that it is a title."
        )
        found.append(words % {"found": "、".join(told)})
    return found


def _lists_names(plain: str) -> bool:
    """Two in a row that could be names: a surname, and a character or two behind it."""
    parts = _LISTED.split(re.sub(r"[（(].*?[)）]", "", plain))
    named = [2 <= len(each) <= 3 and each[0] in SURNAMES and each.isalpha() for each in parts]
    return any(one and other for one, other in pairwise(named))
