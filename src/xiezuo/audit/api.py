"""What other apps may use of the journal."""

from xiezuo.audit.acts import Act
from xiezuo.audit.operations import record

__all__ = ["Act", "record"]
