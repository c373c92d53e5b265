"""The Jinja2 environment: what every template may use without importing it."""

import uuid
from functools import lru_cache
from typing import Any

import jinja2
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from markupsafe import Markup

from candour.web import dates, status
from candour.web.navigation import rooms
from candour.web.spoken import spoken
from candour.web.table_export import file_address


def new_key() -> str:
    """Return a fresh key for a form: sent twice, the same key is recorded once."""
    return str(uuid.uuid4())


def url(name: str, *args: object, **kwargs: object) -> str:
    """Return the address of a named page; those that need nothing are kept."""
    if not args and not kwargs:
        return _plain_url(name)
    return reverse(name, args=args or None, kwargs=kwargs or None)


@lru_cache(maxsize=512)
def _plain_url(name: str) -> str:
    return reverse(name)


def environment(**options: Any) -> jinja2.Environment:  # noqa: ANN401  # whatever Django passes
    """Return the environment that Django's Jinja2 backend renders with.

    GOV.UK's own macros are found under ``govuk_frontend_jinja/``; they expect names that are not
    given to read as empty at any depth, hence `ChainableUndefined`.
    """
    own_templates = options.pop("loader")
    options["undefined"] = jinja2.ChainableUndefined
    options["autoescape"] = True
    env = jinja2.Environment(  # noqa: S701  # set in the line above
        **options,
        loader=jinja2.ChoiceLoader(
            [
                own_templates,
                jinja2.PrefixLoader(
                    {"govuk_frontend_jinja": jinja2.PackageLoader("govuk_frontend_jinja")}
                ),
            ]
        ),
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    _give_words(env)
    env.globals.update(source_address=settings.SOURCE_ADDRESS)
    env.globals.update(new_key=new_key, rooms=rooms, static=static, url=url)
    env.globals.update(file_address=file_address)
    for shows in (status.status_icon, status.status_tag, status.status_words):
        env.globals[shows.__name__] = shows
    for reads in (
        dates.clock_time,
        dates.day,
        dates.day_tag,
        dates.days_from,
        dates.long_day,
        dates.moment,
        dates.moment_tag,
    ):
        env.filters[reads.__name__] = reads
    return env


def words(text: str, /, **values: object) -> Markup:
    """Return a text of ours in the reader's language, with names and numbers put in and escaped.

    The same as Jinja's own `gettext`, which costs ten times as much in a list.
    """
    told = _told(spoken(), text)
    return told % values if "%" in told else told


@lru_cache(maxsize=8192)
def _told(_language: str, text: str) -> Markup:
    """Look a text up once for each language."""
    return Markup(translation.gettext(text))  # noqa: S704  # our own words, from our own catalogue


def _give_words(env: jinja2.Environment) -> None:
    """Translate with Django's catalogues, in the language of the request."""
    env.install_gettext_callables(  # type: ignore[attr-defined]  # added by jinja2.ext.i18n
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals.update(_=words, gettext=words, language=spoken)
