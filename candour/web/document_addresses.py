"""Addresses of the documents of a case: the page where they are filed, and each of them."""

from django.urls import path

from candour.web.views import documents

ROOM = "cases/<str:ref>/documents/"

urlpatterns = [
    path(ROOM, documents.documents, name="case-documents"),
    path(f"{ROOM}<uuid:number>/", documents.document, name="case-document"),
    path(
        f"{ROOM}<uuid:number>/without-place/", documents.placeless, name="case-document-placeless"
    ),
]
