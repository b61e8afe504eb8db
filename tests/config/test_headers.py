"""What every answer says to the browser."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse


def test_no_script_or_style_may_stand_in_a_page(reader: Client) -> None:
    policy = reader.get(reverse("figures:list"), HTTP_HOST="127.0.0.1")["Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert (rules["default-src"], rules["script-src"], rules["style-src"]) == ("'none'", "'self'", "'self'")
    assert rules["frame-ancestors"] == "'none'"


@pytest.mark.django_db
def test_cookies_are_out_of_reach_of_scripts_and_other_sites() -> None:
    answer = Client().get(reverse("accounts:log-in"), HTTP_HOST="127.0.0.1")
    cookie = answer.cookies["csrftoken"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SECURE == settings.SECURE, "wherever there is TLS, cookies keep to it"


@pytest.mark.django_db
def test_another_host_name_is_not_answered() -> None:
    assert Client().get("/", HTTP_HOST="elsewhere.example").status_code == 400


@pytest.mark.django_db
def test_the_door_says_the_same_to_an_unknown_name_and_a_wrong_password(django_user_model) -> None:
    django_user_model.objects.create_user("somebody", password="a-long-enough-password")
    said = []
    for name in ("somebody", "nobody"):
        answer = Client().post(
            reverse("accounts:log-in"), {"username": name, "password": "wrong"}, HTTP_HOST="127.0.0.1"
        )
        assert answer.status_code == 200
        page = re.sub(r'"[A-Za-z0-9]{64}"', "", answer.content.decode())
        said.append(page.replace(name, "NAME"))
    assert "NAME" in said[0]
    assert said[0] == said[1]
