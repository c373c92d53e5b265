"""Addresses of letters: those of a case, and how a body words and sends them."""

from django.urls import path

from candour.web.views import (
    letter_drafts,
    letter_recipients,
    letter_sending,
    letter_texts,
    letters,
)

ROOM = "cases/<str:ref>/letters/"
DRAFT = f"{ROOM}<uuid:draft>/"

urlpatterns = [
    path(ROOM, letters.case_letters, name="case-letters"),
    path(f"{ROOM}write/<str:template>/", letters.begin, name="letter-begin"),
    path(f"{ROOM}sent/<uuid:letter>/", letters.sent, name="letter-sent"),
    path(f"{ROOM}sent/<uuid:letter>/<int:number>/", letters.sent_file, name="letter-file"),
    path(DRAFT, letter_drafts.draft, name="letter-draft"),
    path(f"{DRAFT}anew/", letter_drafts.anew, name="letter-anew"),
    path(f"{DRAFT}aside/", letter_drafts.aside, name="letter-aside"),
    path(f"{DRAFT}preview/", letter_drafts.preview, name="letter-preview"),
    path(
        f"{DRAFT}preview/<str:language>.<str:ending>", letter_drafts.file, name="letter-draft-file"
    ),
    path(f"{DRAFT}recipients/", letter_recipients.recipients, name="letter-recipients"),
    path(f"{DRAFT}second/", letter_recipients.second, name="letter-second"),
    path(f"{DRAFT}send/", letter_sending.sending, name="letter-send"),
    path(f"{DRAFT}paper/", letter_sending.paper, name="letter-paper"),
    path("letters/texts/", letter_texts.own_texts, name="letter-texts"),
    path("letters/texts/<str:name>/<str:template>/", letter_texts.own_text, name="letter-text"),
    path("letters/house/", letter_texts.house, name="letter-house"),
]
