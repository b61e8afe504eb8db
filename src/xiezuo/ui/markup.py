"""The one place where markup of our own making is marked as safe."""

from django.utils.safestring import SafeString, mark_safe


def drawn(html: str) -> SafeString:
    """`html`, whose every text was escaped where it was put in: the caller promises that."""
    return mark_safe(html)  # noqa: S308 - tests/ui proves the promise with hostile text for each part
