"""Paper codes: a signed head as a line that can be written by hand into the auditor's book."""

from django.utils.translation import gettext as _

from xiezuo.audit import verifier
from xiezuo.audit.models import Head
from xiezuo.audit.queries import heads
from xiezuo.shared.errors import NotThere


def paper_code(chain: str) -> str:
    """The paper code of the chain's last signed head. Raises `NotThere` if it was never signed."""
    head = heads(chain).first()
    if head is None:
        raise NotThere(_("The chain “%(chain)s” has no signed head yet") % {"chain": chain or "*"})
    return code_of(head)


def code_of(head: Head) -> str:
    """The paper code of a head."""
    return verifier.paper_code(head.chain, head.sequence, head.hash)


def paper_codes() -> dict[str, str]:
    """Chain → paper code of its last signed head."""
    last = Head.objects.order_by("chain", "-number").distinct("chain")
    return {head.chain: code_of(head) for head in last}
