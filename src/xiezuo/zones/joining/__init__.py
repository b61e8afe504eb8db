"""有合有分: zones that act as one and part again; deputy secretaries authorised for a support office."""
