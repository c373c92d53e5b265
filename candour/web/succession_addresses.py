"""Addresses of the screens by which procedures change: what if, and the procedure of a case."""

from django.urls import path

from candour.web.views import succession, what_if

urlpatterns = [
    path("cases/<str:ref>/procedure/", succession.procedure_of_case, name="case-procedure"),
    path("procedures/<slug:name>/what-if/", what_if.what_if, name="what-if"),
    path("procedures/<slug:name>/what-if/<int:number>/", what_if.what_came, name="what-came"),
]
