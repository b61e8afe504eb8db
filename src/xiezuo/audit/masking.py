"""What the journal never holds, whoever hands it over: personal data and secrets."""

import re
from typing import Any

MASK = "***"
PERSONAL = frozenset(
    {
        "born", "born_on", "birth", "origin", "origin_place", "native_place", "telephone", "phone", "mobile", "email",
        "address", "home_address", "id_number", "identity_number", "bank_account", "health",
    }
)  # fmt: skip
"""Names of personal data: birth, origin, telephone and what a later table may add."""
SECRET = frozenset(
    {
        "password", "old_password", "new_password", "passphrase", "secret", "token", "csrf", "session", "session_key",
        "cookie", "otp", "one_time_code", "recovery_code", "private_key", "seed",
    }
)  # fmt: skip
"""Names of what would open a door."""

# A mobile number (11 digits, 13–19 first) and an identity number (GB 11643: 17 digits and a check character).
_NUMBERS = re.compile(r"(?<![0-9A-Za-z])(?:1[3-9]\d{9}|\d{17}[0-9Xx])(?![0-9A-Za-z])")


def masked_text(text: str) -> str:
    """The text without telephone and identity numbers."""
    return _NUMBERS.sub(MASK, text)


def masked(value: Any) -> Any:
    """The value with every personal or secret field, however deep, replaced by a mask; an empty field stays empty."""
    if isinstance(value, dict):
        return {name: _field(name, each) for name, each in value.items()}
    if isinstance(value, list):
        return [masked(each) for each in value]
    return masked_text(value) if isinstance(value, str) else value


def _field(name: str, value: Any) -> Any:
    if name.lower() in PERSONAL or name.lower() in SECRET:
        return MASK if value not in (None, "", [], {}) else value
    return masked(value)
