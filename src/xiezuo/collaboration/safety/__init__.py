"""Safety of talks (P3) and safety incidents (P12): recordings and their gaps, the 24 hours, who is responsible."""
