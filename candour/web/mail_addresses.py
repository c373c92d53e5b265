"""Addresses of the outbox, the tray of what came in, and the hook that brings mail."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from candour.web.views import mail, mail_hook, mail_letter, mail_tray

urlpatterns: list[URLPattern | URLResolver] = [
    path("mail/", mail.outbox, name="mail"),
    path("mail/<int:number>/", mail.message, name="mail-message"),
    path("mail/unfiled/", mail_tray.tray, name="mail-tray"),
    path("mail/unfiled/<int:number>/", mail_tray.unfiled, name="mail-unfiled"),
    path("mail/files/<int:number>/", mail_tray.file, name="mail-file"),
    path("mail/letters/<int:number>/", mail_letter.letter, name="mail-letter"),
    path("mail/hook", mail_hook.hook, name="mail-hook"),
]

if settings.EMAIL_BACKEND.startswith("anymail."):
    urlpatterns.append(path("mail/provider/", include("anymail.urls")))
