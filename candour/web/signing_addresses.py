"""Addresses of signatures: those of a case, a signatory's own link, and verifying a document."""

from django.urls import path

from candour.web.views import signature_asking, signatures, signing_by_link, verifying

urlpatterns = [
    path("cases/<str:ref>/signatures/", signatures.signatures, name="case-signatures"),
    path(
        "cases/<str:ref>/signatures/ask/<slug:record>/",
        signature_asking.ask_for,
        name="case-signature-ask",
    ),
    path("cases/<str:ref>/signatures/<uuid:number>/", signatures.signature, name="case-signature"),
    path(
        "cases/<str:ref>/signatures/<uuid:number>/document.pdf",
        signatures.document,
        name="case-signature-file",
    ),
    path("sign/<str:token>/", signing_by_link.signing_page, name="sign-by-link"),
    path("sign/<str:token>/document.pdf", signing_by_link.signing_file, name="sign-by-link-file"),
    path("verify/", verifying.verify, name="verify-document"),
]
