"""Icons drawn into the page, so that they take the colour of the words beside them."""

import logging
import re
from functools import lru_cache
from pathlib import Path

from django.utils.safestring import SafeString

from xiezuo.ui.markup import drawn

FOLDER = Path(__file__).parent / "static" / "vendor" / "icons"
_NAME = re.compile(r"[a-z0-9-]+")
_OPENING = re.compile(r"<svg[^>]*>", re.DOTALL)
_OPENING_TAG = (
    '<svg class="xz-icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor"'
    ' stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
)
logger = logging.getLogger(__name__)


@lru_cache(maxsize=256)
def icon_svg(name: str) -> SafeString:
    """The drawing of `name`; nothing if it is not among `tools/icons.json`.

    An icon never stands alone, so a page without it still says everything.
    """
    path = FOLDER / f"{name}.svg"
    if not _NAME.fullmatch(name) or not path.is_file():
        logger.warning(
            "no icon %r in %s; is it in tools/icons.json and the front end built?",
            name,
            FOLDER,
        )
        return drawn("")
    inside = _OPENING.sub("", path.read_text(encoding="utf-8"), count=1)
    # Safe: the files come from a package pinned by hash, never from a user.
    return drawn(_OPENING_TAG + " ".join(inside.split()))
