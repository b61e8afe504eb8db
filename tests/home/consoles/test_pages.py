"""Every page of the three consoles answers the holder of its office, and nobody else."""

import pytest
from django.urls import reverse

from tests.home.consoles.offices import Installation, installation  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
AUDITOR = ("auditor", "timeline", "verify", "heads", "code-sheet")
SECURITY = (
    "security",
    "persons",
    "who-can-see",
    "review",
    "behaviour",
    "door",
    "recoveries",
    "grants",
    "propose",
)
SYSTEM = ("system", "open-account", "jobs", "health")
PAGES = [
    *((page, "shenji") for page in AUDITOR),
    *((page, "anquan") for page in SECURITY),
    *((page, "xitong") for page in SYSTEM),
]


@pytest.mark.parametrize(("page", "holder"), PAGES)
def test_a_page_answers_the_holder_of_its_office(page: str, holder: str, installation: Installation) -> None:  # noqa: F811
    answer = installation.browser(holder).get(reverse(f"consoles:{page}"))
    assert answer.status_code == 200
