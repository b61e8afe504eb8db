"""Logging in and out, with Django's own accounts. Each try is an act in the journal."""

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from xiezuo.accounts import operations
from xiezuo.shared import clock


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
