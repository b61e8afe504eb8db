"""Standard phrases: everybody's own, those of an office by its head, and a few that are offered and kept nowhere."""

import pytest
from django.utils.translation import override

from tests.approvals.office import Office, office
from tests.subjects import give
from xiezuo.accounts.api import OPERATOR, Role, Scope, acting_as, set_actor
from xiezuo.approvals.api import drop_phrase, keep_phrase, phrases_for, phrases_kept
from xiezuo.approvals.models import Phrase
from xiezuo.approvals.states import Verb
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, NotThere, Refused

pytestmark = pytest.mark.usefixtures("actor")


@pytest.fixture
def here(actor: None) -> Office:
    built = office()
    set_actor(OPERATOR)
    give(built.accounts["first"], Role.UNIT_HEAD, built.county.pk, Scope.UNIT, built.unit.pk)
    return built


def keep(
    here: Office, name: str, words: str, *, unit: int | None = None, verb: Verb = Verb.APPROVE
) -> Phrase:
    with acting_as(here.actor(name)) as actor:
        return keep_phrase(
            commission=here.county.pk, verb=verb, words=words, unit=unit, by=actor, now=clock.now()
        )


def drop(here: Office, name: str, phrase: Phrase) -> None:
    with acting_as(here.actor(name)) as actor:
        drop_phrase(phrase=phrase.pk, by=actor, now=clock.now())


def offered(here: Office, name: str, verb: Verb = Verb.APPROVE) -> list[str]:
    with acting_as(here.actor(name)), override("en"):
        return phrases_for(verb, here.at(name), [here.unit.pk])


def test_ones_own_phrases_come_first_then_the_offices_then_the_products_each_once(here: Office) -> None:
    known = offered(here, "second")
    keep(here, "first", "同意，按程序办理。", unit=here.unit.pk)
    keep(here, "second", "同意。")
    keep(here, "second", "Agreed.")
    keep(here, "second", "退回。", verb=Verb.RETURN)
    assert offered(here, "second") == ["同意。", "Agreed.", "同意，按程序办理。", *known[1:]]


def test_what_the_product_offers_is_kept_nowhere(here: Office) -> None:
    assert offered(here, "second")
    set_actor(OPERATOR)
    assert not Phrase.objects.exists()


def test_a_phrase_kept_twice_is_one(here: Office) -> None:
    assert keep(here, "second", " 同意。 ").pk == keep(here, "second", "同意。").pk


def test_nobody_sees_or_drops_anothers_phrase(here: Office) -> None:
    own = keep(here, "second", "同意。")
    with acting_as(here.actor("first")):
        assert phrases_kept(here.at("second"), []) == []
    for name in ("first", "clerk"):
        with pytest.raises(NotThere):
            drop(here, name, own)
    drop(here, "second", own)
    set_actor(OPERATOR)
    assert not Phrase.objects.exists()


def test_the_phrases_of_an_office_are_its_heads(here: Office) -> None:
    for name in ("second", "clerk", "secretary"):
        with pytest.raises(Refused):
            keep(here, name, "同意。", unit=here.unit.pk)
    kept = keep(here, "first", "同意。", unit=here.unit.pk)
    with pytest.raises(Refused):
        drop(here, "second", kept)
    drop(here, "first", kept)


@pytest.mark.parametrize("words", ["", "  ", "同" * 201])
def test_a_phrase_has_words_and_not_too_many(here: Office, words: str) -> None:
    with pytest.raises(BadInput):
        keep(here, "second", words)


def test_what_is_done_without_words_has_no_phrase(here: Office) -> None:
    with pytest.raises(BadInput):
        keep(here, "second", "同意。", verb=Verb.URGE)


def test_nobody_writes_a_phrase_past_the_operation(here: Office) -> None:
    kept = keep(here, "second", "同意。")
    with acting_as(here.actor("second")):
        assert Phrase.objects.filter(pk=kept.pk).update(words="改") == 0
