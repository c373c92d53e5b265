"""Addresses of the plans over all cases, and of the residents of a closing service."""

from django.urls import path

from candour.web.views import closure, plan_board

urlpatterns = [
    path("plans/", plan_board.plans, name="plans"),
    path("cases/<str:ref>/closure/<slug:resident>/", closure.case_resident, name="case-resident"),
]
