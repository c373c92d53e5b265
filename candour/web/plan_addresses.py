"""Addresses of the plans over all cases."""

from django.urls import path

from candour.web.views import plan_board

urlpatterns = [
    path("plans/", plan_board.plans, name="plans"),
]
