"""What other apps may use of the journal."""

from xiezuo.audit.acts import SHOWINGS, Act
from xiezuo.audit.export import export_file, export_to
from xiezuo.audit.live import guard_with, verify_live
from xiezuo.audit.operations import DONE, REFUSED, journal_scope, record
from xiezuo.audit.queries import chains, entries, heads, seen
from xiezuo.audit.signing import paper_code, paper_codes
from xiezuo.audit.signing_operations import sign_heads
from xiezuo.audit.states import KINDS, kind_in_words
from xiezuo.audit.verifier import Break, Result, paper_witness, verify_file
from xiezuo.audit.witness_operations import ledgers_to_witness, witness_ledger

__all__ = [
    "DONE",
    "KINDS",
    "REFUSED",
    "SHOWINGS",
    "Act",
    "Break",
    "Result",
    "chains",
    "entries",
    "export_file",
    "export_to",
    "guard_with",
    "heads",
    "journal_scope",
    "kind_in_words",
    "ledgers_to_witness",
    "paper_code",
    "paper_codes",
    "paper_witness",
    "record",
    "seen",
    "sign_heads",
    "verify_file",
    "verify_live",
    "witness_ledger",
]
