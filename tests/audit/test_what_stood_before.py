"""Entries of an installation that knew no chains keep their order and become the first of their chains."""

import importlib

import pytest
from django.apps import apps
from django.db import connections

from tests.audit.journals import write_acts
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.audit.api import entries, verify_live

migration = importlib.import_module("xiezuo.audit.migrations.0002_chains")
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_what_stood_before_is_chained_in_its_order() -> None:
    with acting_as(OPERATOR):
        write_acts(3, 60)
    with connections["owner"].cursor() as owner:
        owner.execute("ALTER TABLE audit_entry ALTER sequence DROP NOT NULL, ALTER instance DROP NOT NULL")
        owner.execute(
            "UPDATE audit_entry SET sequence = NULL, instance = NULL, algorithm = '', previous = '', hash = ''"
        )
        owner.execute("UPDATE audit_entry SET details = '{\"share\": 0.5}' WHERE id % 7 = 0")
        owner.execute("DELETE FROM audit_chain")
        owner.execute("DELETE FROM audit_instance")
        before = _contents(owner)
        with connections["owner"].schema_editor() as editor:
            migration.chain_what_stands(apps, editor)
        owner.execute("ALTER TABLE audit_entry ALTER sequence SET NOT NULL, ALTER instance SET NOT NULL")
        assert _contents(owner) == before
    with acting_as(OPERATOR):
        assert verify_live().ok
        write_acts(4, 20)
    with acting_as(OPERATOR):
        assert verify_live().entries == 80
        for chain in ("", "县甲", "县乙"):
            rows = list(entries(chain=chain).order_by("id").values_list("sequence", flat=True))
            assert rows == list(range(1, len(rows) + 1))


def _contents(owner: object) -> list[tuple[object, ...]]:
    owner.execute(
        "SELECT id, at, actor, act, chain, target, replace(details::text, '\"0.5\"', '0.5') FROM audit_entry ORDER BY id"
    )  # type: ignore[attr-defined]
    return owner.fetchall()  # type: ignore[attr-defined]
