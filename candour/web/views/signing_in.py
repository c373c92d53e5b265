"""Signing in and out.

Only these two pages of django-allauth are mounted: an account is opened by the organisation, never
by the person at the screen. Tries are limited for each address and for each name, and the session
gets a new key when somebody signs in.
"""

from dataclasses import dataclass
from typing import Any

from allauth.account.views import LoginView, LogoutView
from django.conf import settings
from django.forms import BaseForm
from django.http import HttpResponse
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the error summary: its words, and the field that it leads to."""

    words: str
    field: str


def sign_in_problems(form: BaseForm) -> list[Problem]:
    """Return what is wrong with a sign-in form, in words that do not tell which half was wrong."""
    if not form.is_bound or form.is_valid():
        return []
    codes = {
        field: {error.code for error in errors} for field, errors in form.errors.as_data().items()
    }
    problems = []
    if "required" in codes.get("login", ()):
        problems.append(Problem(_("Enter your user name or email address"), "login"))
    if "required" in codes.get("password", ()):
        problems.append(Problem(_("Enter your password"), "password"))
    if problems:
        return problems
    if "too_many_login_attempts" in codes.get("__all__", ()):
        words = _("Too many tries. Wait 5 minutes, then try again, or ask for a new password.")
    else:
        words = _("The user name or the password is not right. Check both and try again.")
    return [Problem(words, "login")]


class SignIn(LoginView):  # type: ignore[misc]  # allauth carries no types
    """The sign-in page; afterwards the pages speak the person's own language."""

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        """Add what is wrong with the form, for the summary and beside each field."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        problems = sign_in_problems(context["form"])
        context["problems"] = problems
        context["wrong"] = {problem.field: problem.words for problem in problems}
        return context

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Sign the person in and remember their language."""
        response: HttpResponse = super().form_valid(form)
        language = getattr(self.request.user, "language", "")
        if language in dict(settings.LANGUAGES):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                language,
                samesite="Lax",
                httponly=True,
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response


sign_in = SignIn.as_view()
sign_out = LogoutView.as_view()
