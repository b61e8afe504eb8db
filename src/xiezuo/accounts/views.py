"""Logging in and out, with Django's own accounts, and keeping views of lists. Each is an act in the journal."""

from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from xiezuo.accounts import operations
from xiezuo.accounts.actor import actor_of
from xiezuo.accounts.models import User
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput


class LogInForm(AuthenticationForm):
    """Name and password; the refusal is the same for an unknown name and a wrong password."""

    error_messages = {
        "invalid_login": _("The name or the password is not right. Both are case-sensitive."),
        "inactive": _("The name or the password is not right. Both are case-sensitive."),
    }


class LogIn(LoginView):
    """The door."""

    template_name = "accounts/log_in.html"
    authentication_form = LogInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        """The demonstration shows its accounts; no other installation has any that could be shown."""
        return super().get_context_data(demonstration_accounts=settings.DEMONSTRATION_ACCOUNTS, **kwargs)

    def form_valid(self, form) -> HttpResponse:
        """Let in, and say so in the journal."""
        response = super().form_valid(form)
        operations.note_log_in(name=form.get_user().get_username(), now=clock.now())
        return response

    def form_invalid(self, form) -> HttpResponse:
        """Refuse, and say so in the journal."""
        operations.note_refused_log_in(name=str(form.data.get("username", ""))[:150], now=clock.now())
        return super().form_invalid(form)


class LogOut(LogoutView):
    """The way out; by POST only."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Note who leaves, then end the session."""
        operations.note_log_out(name=request.user.get_username(), now=clock.now())
        return super().post(request, *args, **kwargs)


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep what the list at `next` is asked for under a name, and go back to it."""
    back = _list_asked(request)
    at = urlsplit(back)
    user = cast(User, request.user)
    view = operations.save_view(
        user=user, path=at.path, query=at.query, name=request.POST.get("name", ""), by=actor_of(user), now=clock.now()
    )  # fmt: skip
    messages.success(request, gettext("The view “%(name)s” is saved.") % {"name": view.name})
    return HttpResponseRedirect(back)


@require_POST
def forget_view(request: HttpRequest) -> HttpResponse:
    """Drop a view of the list at `next`, and go back to it."""
    back = _list_asked(request)
    user = cast(User, request.user)
    name = request.POST.get("name", "")
    operations.forget_view(user=user, path=urlsplit(back).path, name=name, by=actor_of(user), now=clock.now())
    messages.success(request, gettext("The view “%(name)s” is forgotten.") % {"name": name})
    return HttpResponseRedirect(back)


def _list_asked(request: HttpRequest) -> str:
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        raise BadInput(
            gettext("The address to go back to is “%(found)s”; expected the address of a list here.")
            % {"found": back[:40]}
        )
    return back
