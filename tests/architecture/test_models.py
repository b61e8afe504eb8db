"""Tables point down or sideways, and say what one row of them is."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.house import layers
from xiezuo.organisation.models import Unit
from xiezuo.shared.ledger import LedgerRow


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("xiezuo.")]


def relations() -> Iterator[tuple[type[models.Model], Any]]:
    for model in our_models():
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model is not None:
                yield model, field


def points_up(source: str, target: str) -> bool:
    """Whether a table of the app `source` would point to a higher app; tables of other packages lie below all."""
    heights = layers()
    return target in heights and heights[target] > heights[source]


def test_every_foreign_key_points_down_or_sideways() -> None:
    up = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model, field in relations()
        if points_up(model._meta.app_label, field.related_model._meta.app_label)
    ]
    assert up == []
    assert points_up("organisation", "zones")
    assert not points_up("zones", "sites")


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_table_says_what_one_row_is(model: type[models.Model]) -> None:
    assert (model.__doc__ or "").startswith("One row ")


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_nothing_is_hidden_in_save_or_delete(model: type[models.Model]) -> None:
    for method in ("save", "delete"):
        assert getattr(model, method).__module__.startswith("django."), (
            f"{model._meta.label} overrides {method}()"
        )


@pytest.mark.parametrize(
    "model",
    [model for model in our_models() if issubclass(model, LedgerRow)],
    ids=lambda model: model._meta.label,
)
def test_every_table_of_dated_rows_checks_its_periods_in_the_database(model: type[models.Model]) -> None:
    checks = [item for item in model._meta.constraints if isinstance(item, models.CheckConstraint)]
    assert any("starts" in str(check.condition) and "ends" in str(check.condition) for check in checks)


def test_a_docstring_made_by_django_would_be_noticed() -> None:
    class Silent(models.Model):
        class Meta:
            app_label = "silent"
            abstract = True

    assert not (Silent.__doc__ or "").startswith("One row ")
    assert (Unit.__doc__ or "").startswith("One row ")
