"""Asks for closed cases by their index, where a search looks in those alone."""

import importlib

from django.db import migrations

before = importlib.import_module("candour.finding.migrations.0003_newest_first")
ANY_STATE = """
        few := ARRAY(SELECT c.id FROM case_file c WHERE c.body_id = ANY (mine)
                     AND (c.closed_at IS NULL) = (state = 'open') LIMIT among_few + 1);
"""
EACH_STATE = """
        IF state = 'open' THEN
            few := ARRAY(SELECT c.id FROM case_file c WHERE c.body_id = ANY (mine)
                         AND c.closed_at IS NULL LIMIT among_few + 1);
        ELSE
            few := ARRAY(SELECT c.id FROM case_file c WHERE c.body_id = ANY (mine)
                         AND c.closed_at IS NOT NULL LIMIT among_few + 1);
        END IF;
"""


def by_state():
    """Return the function of before with a question for each state."""
    assert ANY_STATE in before.IN_CASES
    return before.IN_CASES.replace(ANY_STATE, EACH_STATE)


class Migration(migrations.Migration):
    """The function under the name that it had."""

    dependencies = [("finding", "0005_papers_kept"), ("cases", "0021_closed_cases")]

    operations = [migrations.RunSQL(by_state(), before.IN_CASES)]
