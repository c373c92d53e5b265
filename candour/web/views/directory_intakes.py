"""Files of the directory: sent, looked at with their differences, taken or put aside."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from candour.directory.actions import put_aside
from candour.directory.errors import DirectoryError, MappingError
from candour.directory.models import Intake, State, What
from candour.directory.queries import intakes
from candour.directory.reading.mapping_files import find_mapping, shipped_mappings
from candour.directory.report import Report
from candour.directory.sending import ask_to_take, send
from candour.directory.taking.comparing import differences
from candour.directory.tasks import read_file, take_file
from candour.engine.words import Words
from candour.people.grades import keeping_post
from candour.people.models import Post
from candour.site import clock
from candour.web.directory_search import LARGEST
from candour.web.in_hand import posts_of
from candour.web.presenters import directory as words
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said

FILE: Final = "file"
SHOWN: Final = 40  # differences of each sort
LARGEST_FILE: Final = 50 * 1024 * 1024


def keeper(request: HttpRequest) -> Post:
    """Return the post in which somebody keeps the directory.

    Raises:
        Http404: they do not: others read it.
    """
    post = keeping_post(posts_of(request))
    if post is None:
        raise Http404
    return post


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def files(request: HttpRequest) -> HttpResponse:
    """Show the files that were sent, and take another one in to be looked at."""
    fault = ""
    if request.method == "POST":
        post = keeper(request)
        sent = request.FILES.get(FILE)
        if sent is None or not sent.size:
            fault = _("Choose a file.")
        elif sent.size > LARGEST_FILE:
            fault = _("The file is larger than %(size)s MB.") % {"size": 50}
        else:
            intake, later = send(
                sent.read(),
                file_name=sent.name or "file",
                mapping=_mapping(request.POST.get("mapping", "")),
                by=post.user,
                as_of=clock.now(),
            )
            if later:
                read_file.defer(number=intake.pk)
            return redirect("directory-import", intake.pk)
    context = {
        "fault": fault,
        "files": [{"file": each, "state": words.state_tag(each.state)} for each in intakes()],
        "mappings": _mappings(),
        "may_keep": keeping_post(posts_of(request)) is not None,
    }
    return render(request, "directory/files.html", context, status=422 if fault else 200)


def _mapping(name: str) -> str:
    return name if name in shipped_mappings() else ""


def _mappings() -> list[dict[str, str]]:
    found = []
    for name in shipped_mappings():
        try:
            found.append({"value": name, "words": said(find_mapping(name).title)})
        except MappingError:
            continue
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def file(request: HttpRequest, number: int) -> HttpResponse:
    """Show how a file differs from the directory; take it, or put it aside."""
    found = Intake.objects.select_related("sent_by").filter(pk=min(number, LARGEST)).first()
    if found is None:
        raise Http404
    trouble = said(Words(found.trouble, found.trouble_cy))
    if request.method == "POST":
        answer = _decided(request, found)
        if isinstance(answer, HttpResponse):
            return answer
        trouble = answer
        found.refresh_from_db()
    report = Report.from_json(found.report)
    context = {
        "file": found,
        "state": words.state_tag(found.state),
        "trouble": trouble,
        "report": report,
        "odd": words.odd_lines(report),
        "register": words.register_words(found.register),
        "sorts": _sorts(found, report) if found.state == State.READ else [],
        "may_keep": keeping_post(posts_of(request)) is not None,
    }
    status = 422 if trouble and request.method == "POST" else 200
    return render(request, "directory/file.html", context, status=status)


def _decided(request: HttpRequest, found: Intake) -> HttpResponse | str:
    """Do what the form says, and return where to go, or why it cannot be done."""
    post = keeper(request)
    if request.POST.get("press") == "aside":
        put_aside(found.pk)
        messages.success(request, _("The file was put aside. Nothing of it was taken."))
        return redirect("directory-imports")
    if request.POST.get("press") != "take":
        return redirect("directory-import", found.pk)
    many = bool(request.POST.get("many_gone"))
    try:
        later = ask_to_take(found.pk, by=post.user, as_of=clock.now(), many_gone=many)
    except DirectoryError as error:
        return said(error.words)
    if later:
        take_file.defer(number=found.pk, by=post.user.pk, many_gone=many)
    else:
        messages.success(request, _("The file was taken."))
    return redirect("directory-import", found.pk)


def _sorts(found: Intake, report: Report) -> list[dict[str, object]]:
    """Return the differences of each sort that there is, some of each in full."""
    counted = report.differences
    titles = {
        What.ADDED: (_("Would be added"), counted.added),
        What.CHANGED: (_("Would be changed"), counted.changed),
        What.ENDED: (_("Would have ended"), counted.ended),
        What.RETURNED: (_("Would be listed again"), counted.returned),
        "rated": (_("Ratings that are new or others"), counted.rated),
    }
    return [
        {
            "name": sort,
            "title": title,
            "count": count,
            "total": ngettext("%(number)s service", "%(number)s services", count)
            % {"number": f"{count:,}"}
            if sort != "rated"
            else ngettext("%(number)s rating", "%(number)s ratings", count)
            % {"number": f"{count:,}"},
            "lines": words.difference_lines(differences(found, report, sort, SHOWN), sort),
        }
        for sort, (title, count) in titles.items()
        if count
    ]
