"""The journal knows from where an act came, and from which unit."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.subjects import Visitor
from xiezuo.accounts.api import OPERATOR, Role, set_actor
from xiezuo.audit.api import Act, entries
from xiezuo.organisation.states import UnitKind

pytestmark = pytest.mark.usefixtures("actor", "reader")


def test_an_act_is_journalled_with_the_address_and_the_unit_it_came_from() -> None:
    county = make.commission()
    township = make.unit(county, UnitKind.TOWNSHIP_COMMISSION)
    browser = Visitor("head").holds(Role.UNIT_HEAD, county, township.pk)
    address = reverse("organisation:people") + "?format=xlsx"
    assert browser.get(address, REMOTE_ADDR="192.0.2.7").status_code == 200
    refused = browser.get(reverse("book:loads"), REMOTE_ADDR="192.0.2.8")
    assert refused.status_code == 403
    set_actor(OPERATOR)
    told = {entry.act: (entry.actor, entry.origin, entry.unit) for entry in entries(actor="head")}
    unit = str(township.pk)
    assert told[Act.LIST_EXPORTED] == ("head", "192.0.2.7", unit)
    assert told[Act.ACCESS_REFUSED] == ("head", "192.0.2.8", unit)


def test_printing_a_marked_page_is_an_act_and_says_which_page() -> None:
    county = make.commission()
    browser = Visitor("head").holds(Role.SECRETARY, county)
    assert browser.post(reverse("accounts:printed"), {"page": "/people/units/"}).status_code == 204
    assert (
        browser.post(reverse("accounts:printed"), {"page": "https://elsewhere.example/"}).status_code == 400
    )
    set_actor(OPERATOR)
    assert [entry.target for entry in entries(actor="head", act=Act.PAGE_PRINTED)] == ["/people/units/"]
