"""Addresses of finding: the search, filters that people keep on lists, and what was taken out."""

from django.urls import path

from candour.web.views import finding, kept_filters, taken_out

urlpatterns = [
    path("search/", finding.search, name="search"),
    path("search/taken-out/", taken_out.tables_taken, name="tables-taken"),
    path("filters/keep/", kept_filters.keep_filter, name="keep-filter"),
    path("filters/<int:number>/let-go/", kept_filters.let_go_of_filter, name="let-go-of-filter"),
]
