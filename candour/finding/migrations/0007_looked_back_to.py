"""Stops a search that would go through too much, and says how far back it looked.

A phrase that hardly any text has, of words that most have, can only be looked for text by text. So
where there are many texts the index of words is asked for a few weeks, and what that took says how
many more fit into the time that the caller gives. If not all do, the last row carries no id, and the
instant from which on everything was looked through.
"""

import importlib

from django.db import migrations

before = importlib.import_module("candour.finding.migrations.0003_newest_first")
few_closed = importlib.import_module("candour.finding.migrations.0006_few_closed")
NAME = "finding_in_cases(tsquery, text, timestamptz, timestamptz, text, integer, integer{})"
OLD, NEW = NAME.format(""), NAME.format(", integer")

ARGUMENTS = "enough integer, newest integer\n"
DECLARED = "seen integer; weeks integer;"
BY_STEPS = before.IN_CASES[
    before.IN_CASES.index("        FOREACH weeks") : before.IN_CASES.index("    RETURN QUERY SELECT")
]
# The first weeks are few where the words are known to be about; a stretch is at most eight times as
# long as the one before, since what was looked through once is looked through again.
IN_TIME = f"""
        weeks := CASE WHEN seen > 0 OR numnode(asked) > 1 THEN 2 ELSE 13 END;
        IF within IS NOT NULL AND NOT EXISTS (
            SELECT FROM unnest(mine) AS b (body_id) CROSS JOIN LATERAL (
                SELECT 1 FROM case_words w WHERE w.body_id = b.body_id AND w.sort = the_sort
                ORDER BY w.happened_at DESC, w.id DESC OFFSET newest LIMIT 1) AS many
        ) THEN
            within := NULL;
        END IF;
        SELECT greatest(earliest, min(n.week)) INTO earliest
        FROM unnest(mine) AS b (body_id) CROSS JOIN LATERAL (
            SELECT finding_week(w.happened_at) AS week FROM case_words w
            WHERE w.body_id = b.body_id AND w.sort = the_sort
            ORDER BY w.happened_at, w.id LIMIT 1
        ) AS n;
        begun := clock_timestamp();
        WHILE NOT done AND latest IS NOT NULL LOOP
            IF latest - weeks < earliest THEN
                IF latest - earliest > 52 THEN earliest := NULL; END IF;
                {before.by_words("earliest")}
                EXIT;
            END IF;
            stretch := clock_timestamp();
            {before.by_words("latest - weeks + 1")}
            done := coalesce(cardinality(ids), 0) >= enough;
            EXIT WHEN done;
            took := greatest(extract(epoch FROM clock_timestamp() - stretch) * 1000, 0.1);
            fits := CASE WHEN within IS NULL THEN 8 ELSE
                (within - extract(epoch FROM clock_timestamp() - begun) * 1000) / took END;
            IF fits < 1.5 THEN
                looked_to := timestamptz 'epoch' + (latest - weeks + 1) * interval '7 days';
                EXIT;
            END IF;
            weeks := ceil(weeks * least(fits, 8));
        END LOOP;
    END IF;
"""
SAID = """
    IF looked_to IS NOT NULL THEN
        RETURN QUERY SELECT NULL::bigint, NULL::bigint, looked_to, NULL::uuid;
    END IF;
"""


def in_time() -> str:
    """Return the function of before, with a time to keep within, in thousandths of a second."""
    made = few_closed.by_state().replace("CREATE OR REPLACE", "CREATE", 1)
    for old, new in (
        (ARGUMENTS, "enough integer, newest integer, within integer\n"),
        (DECLARED, f"{DECLARED} looked_to timestamptz; begun timestamptz; stretch timestamptz;\n"
                   "    took double precision; fits double precision;"),
        (BY_STEPS, IN_TIME),
        ("    shared := ARRAY(", f"{SAID}    shared := ARRAY("),
    ):
        assert made.count(old) == 1, old
        made = made.replace(old, new)
    return made


def under_its_name(sql: str, gone: str, name: str) -> list[str]:
    """Return the statements that put a function in the place of another."""
    return [
        f"DROP FUNCTION {gone}",
        sql,
        f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION {name} TO candour_app",
    ]


class Migration(migrations.Migration):
    """The function with one more argument."""

    dependencies = [("finding", "0006_few_closed")]

    operations = [
        migrations.RunSQL(
            under_its_name(in_time(), OLD, NEW),
            under_its_name(
                few_closed.by_state().replace("CREATE OR REPLACE", "CREATE", 1), NEW, OLD
            ),
        ),
    ]
