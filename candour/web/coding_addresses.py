"""Addresses of coding: what waits, the code list, and what was learned."""

from django.urls import path

from candour.web.views import code_lists, coding, coding_machine

urlpatterns = [
    path("experiences/coding/", coding.waiting, name="coding"),
    path("experiences/coding/machine/", coding_machine.machine, name="coding-machine"),
    path("experiences/<int:number>/coding/", coding.one, name="coding-one"),
    path("experiences/codes/", code_lists.codes, name="codes"),
    path("experiences/codes/<int:number>/", code_lists.code, name="code"),
]
