"""Addresses of a person's own settings, and of the feed that their calendar reads."""

from django.urls import path

from candour.web.views import calendar_settings, feeds, program_settings, reminder_settings

urlpatterns = [
    path("settings/calendar/", calendar_settings.calendar, name="settings-calendar"),
    path("settings/reminders/", reminder_settings.reminders, name="settings-reminders"),
    path("settings/programs/", program_settings.programs, name="settings-programs"),
    path("calendar/<str:secret>.ics", feeds.feed, name="calendar-feed"),
]
