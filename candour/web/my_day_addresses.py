"""The address of the first page after signing in."""

from django.urls import path

from candour.web.views import my_day

urlpatterns = [path("", my_day.my_day, name="my-day")]
