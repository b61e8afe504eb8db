"""Questions about the organisation on a day: units, people, posts, and what changed between two days."""

from xiezuo.organisation.queries.changes import changes
from xiezuo.organisation.queries.lists import (
    POST_ORDER,
    given_up,
    post_totals,
    posts,
    posts_alone,
    taken_up,
    unit_choices,
    units,
)
from xiezuo.organisation.queries.names import name_of_person, person_by_code, person_names, unit_names
from xiezuo.organisation.queries.person import PersonPage, masked_telephone, person_page, personal_of
from xiezuo.organisation.queries.tree import Branch, Leaf, organisation_tree
from xiezuo.organisation.queries.unit import UnitPage, unit_page

__all__ = [
    "POST_ORDER", "Branch", "Leaf", "PersonPage", "UnitPage", "changes", "documents_of",
    "given_up", "masked_telephone", "name_of_person", "organisation_tree", "person_by_code", "person_names", "person_page", "personal_of", "post_totals",
    "posts", "posts_alone", "taken_up", "unit_choices", "unit_names", "unit_page", "units",
]  # fmt: skip
