"""Addresses of the screens for feeding back to organisations."""

from django.urls import path

from candour.web.views import feedback, feedback_digest, feedback_released

urlpatterns = [
    path("experiences/feedback/", feedback.feedback, name="feedback"),
    path(
        "experiences/feedback/released/<int:number>/",
        feedback_released.feedback_released,
        name="feedback-released",
    ),
    path(
        "experiences/feedback/released/<int:number>/digest.pdf",
        feedback_released.feedback_file,
        name="feedback-file",
    ),
    path(
        "experiences/feedback/<slug:slug>/<slug:first>/<slug:last>/",
        feedback_digest.feedback_digest,
        name="feedback-digest",
    ),
]
