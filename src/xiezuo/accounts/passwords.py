"""Which passwords are good, and how they are kept: length first, nothing that guessers try early, no composition rules."""

import re
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha1
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiezuo.accounts.door_policies import PASSWORD_LONGEST, counted_name, normal
from xiezuo.accounts.door_queries import door_policy

GUESSES = 10**9
"""A password that falls within so many guesses of an informed guesser is refused."""
JUDGED = 64
"""The first characters decide; what stands behind them can only make a password stronger."""
LOCAL_WORDS = (
    "xiezuo", "jiwei", "jianwei", "jiwangjianwei", "jijian", "jiancha", "xunshi", "xuncha", "shuji", "zhuren",
    "anguanshi", "bangongshi", "xianwei", "xieban", "woaini", "zhongguo", "zuguo", "dangyuan", "lianjie", "qinglian",
    "wei", "ren", "min", "fuwu", "renmin", "gongchandang", "mima", "guanliyuan", "admin", "administrator", "password",
    "协作", "协作区", "纪委", "监委", "纪检", "监察", "巡察", "书记", "主任", "办公室", "密码", "中国", "人民", "廉洁",
    "我爱中国", "为人民服务", "不忘初心", "牢记使命",
)  # fmt: skip
"""What somebody of such an office would think of, and whoever guesses as well."""
_HASH_LINE = 40
_CHINESE_WORD = re.compile(r"[\u4e00-\u9fff]+")


class NormalisingArgon2(Argon2PasswordHasher):
    """Argon2 over the normal form (NFKC) of a password, so that every keyboard writes the same one."""

    def encode(self, password: str, salt: str) -> str:
        """The hash of the normal form."""
        return str(super().encode(normal(password), salt))

    def verify(self, password: str, encoded: str) -> bool:
        """Whether the normal form is the one that was kept."""
        return bool(super().verify(normal(password), encoded))


class OwnRules:
    """Long enough, not the name, not in a list of what is tried first, and no easy change of it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise `ValidationError` with every reason against the password."""
        found = list(reasons_against(normal(password), user))
        if found:
            raise ValidationError(found)

    def get_help_text(self) -> str:
        """What is expected."""
        return ngettext(
            "At least %(least)d character. A sentence that only you would write is good; digits and signs are not asked for.",
            "At least %(least)d characters. A sentence that only you would write is good; digits and signs are not asked for.",
            door_policy().password_length,
        ) % {"least": door_policy().password_length}


def reasons_against(password: str, user: Any) -> Iterator[str]:
    """Everything that speaks against a password, in words."""
    least = door_policy().password_length
    if not least <= len(password) <= PASSWORD_LONGEST:
        yield _("The password has %(found)d characters; expected %(least)d to %(most)d.") % {
            "found": len(password), "least": least, "most": PASSWORD_LONGEST,
        }  # fmt: skip
    if _is_name(password, user):
        yield _("The password is made of the name of the account or of its holder.")
    if _is_common(password) or is_breached(password):
        yield _("The password is in the list of passwords that are tried first.")
    elif _is_guessed(password, user):
        yield _(
            "The password is an easy change of something that is tried first: a word, a row of keys, a date."
        )


def _own_words(user: Any) -> list[str]:
    names = [getattr(user, field, "") or "" for field in ("username", "first_name", "last_name")]
    return [counted_name(name) for name in names if len(name) >= 2]


def _is_name(password: str, user: Any) -> bool:
    folded = counted_name(password)
    left = folded
    for word in _own_words(user):
        left = left.replace(word, "")
    return left != folded and len(left) < 6


def _is_common(password: str) -> bool:
    return password.lower() in _common().passwords


@lru_cache(maxsize=1)
def _common() -> CommonPasswordValidator:
    return CommonPasswordValidator()


def _is_guessed(password: str, user: Any) -> bool:
    # Its tables take a while to read and are needed only where a password is chosen.
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]  # noqa: PLC0415

    words = [*_own_words(user), *LOCAL_WORDS]
    judged = zxcvbn(_one_letter_for_each_known_word(password)[:JUDGED], words, max_length=JUDGED)
    return int(judged["guesses"]) < GUESSES


def _one_letter_for_each_known_word(password: str) -> str:
    """Chinese words of the office count as one letter each, for four of them are no long password."""
    for word in sorted(
        (word for word in LOCAL_WORDS if _CHINESE_WORD.fullmatch(word)), key=len, reverse=True
    ):
        password = password.replace(word, word[0])
    return password


def is_breached(password: str) -> bool:
    """Whether the installation's own file of breached passwords has it; without such a file, nothing is known.

    The file holds one upper-case SHA-1 in a line, sorted, each with a colon and a count behind it.
    """
    path = Path(settings.BREACHED_PASSWORDS) if settings.BREACHED_PASSWORDS else None
    if path is None or not path.is_file():
        return False
    return _in_sorted_file(path, sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode())


def _in_sorted_file(path: Path, wanted: bytes) -> bool:
    with path.open("rb") as file:
        low, high = 0, path.stat().st_size
        while low < high:
            middle = (low + high) // 2
            file.seek(max(middle - 1, 0))
            if middle:
                file.readline()
            found = file.readline()[:_HASH_LINE]
            if found == wanted:
                return True
            low, high = (file.tell(), high) if found and found < wanted else (low, middle)
    return False
