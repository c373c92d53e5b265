"""Addresses of finding: the search, and filters that people keep on lists."""

from django.urls import path

from candour.web.views import finding, kept_filters

urlpatterns = [
    path("search/", finding.search, name="search"),
    path("filters/keep/", kept_filters.keep_filter, name="keep-filter"),
    path("filters/<int:number>/let-go/", kept_filters.let_go_of_filter, name="let-go-of-filter"),
]
