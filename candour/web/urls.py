"""Addresses of the screens. Each room has a module of addresses; it is included here."""

from django.urls import URLPattern, URLResolver, include, path

from candour.web.views.health import healthz
from candour.web.views.language import choose_language
from candour.web.views.signing_in import sign_in, sign_out

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("sign-in/", sign_in, name="account_login"),
    path("sign-out/", sign_out, name="account_logout"),
    path("language/<str:code>/", choose_language, name="choose-language"),
    path("", include("candour.web.my_day_addresses")),
    path("", include("candour.web.addresses")),
    path("", include("candour.web.meeting_addresses")),
    path("", include("candour.web.chronology_addresses")),
    path("", include("candour.web.plan_addresses")),
    path("", include("candour.web.succession_addresses")),
    path("", include("candour.web.coding_addresses")),
    path("", include("candour.web.import_addresses")),
    path("", include("candour.web.experience_addresses")),
    path("", include("candour.web.sealed_addresses")),
    path("", include("candour.web.sign_addresses")),
    path("", include("candour.web.sharing_addresses")),
    path("", include("candour.web.mail_addresses")),
    path("", include("candour.web.settings_addresses")),
    path("", include("candour.web.signing_addresses")),
    path("", include("candour.web.document_addresses")),
    path("", include("candour.web.letter_addresses")),
    path("", include("candour.web.publishing_addresses")),
    path("", include("candour.web.letterhead_addresses")),
    path("", include("candour.web.visit_addresses")),
    path("", include("candour.web.finding_addresses")),
    path("", include("candour.web.portal_addresses")),
    path("", include("candour.web.directory_addresses")),
    path("", include("candour.web.who_is_who_addresses")),
    path("", include("candour.web.tell_addresses")),
    path("", include("candour.web.outreach_addresses")),
    path("", include("candour.web.feedback_addresses")),
    path("", include("candour.api.addresses")),
]
