"""Zones drawn: pure values in and out, without tables, requests or Django.

- `ground`, `rules`, `touching`, `terms`, `question`: a county's own question, and any division of it counted and judged.
- `proposing`, `conflicts`, `leaders`: proposals with their proof, why a place is where it is, which rules exclude each
  other, and who leads.
- `districting`, `given`: centres chosen, or all fixed, for up to a thousand places.
- `published`: an instance that others have written, read and answered by the engine that fits it.
- `travel`: what is wrong with ways and coordinates, and ways from coordinates.

This module imports none of them: HiGHS and numba are loaded by who solves, not by who only names a zone.
"""
