"""Teams in the ledger: who can go, who goes, who stands out."""
