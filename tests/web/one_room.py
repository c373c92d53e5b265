"""The addresses of a site that has only one of the rooms."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def procedures(request: HttpRequest) -> HttpResponse:
    return HttpResponse("procedures")


urlpatterns = [path("how/", procedures, name="procedures")]
