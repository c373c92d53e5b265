"""The bodies that a case is shared with, as its log says, and what each of them may ask for."""

import django.db.models.deletion
from django.db import migrations, models

from candour.database.row_security import BODIES, enable, within_bodies

# Runs as the owner, since nobody else may change who sees a case. It takes no instruction: it makes
# the rows say what the log says on the day up to which time has acted on the case, so doing it twice
# does nothing. A body that sees the case for another reason (it led it before) is left as it was.
LET_SEE = """
CREATE FUNCTION case_let_see(the_case bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    lead bigint;
    today date;
    let_in bigint[];
    named bigint[];
BEGIN
    SELECT body_id, (settled_at AT TIME ZONE 'Europe/London')::date INTO lead, today
    FROM case_file WHERE id = the_case;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    DELETE FROM case_partner WHERE case_id = the_case;
    INSERT INTO case_partner (case_id, body_id, partner_id, members, shared_by, since, until)
    SELECT DISTINCT ON (told.partner)
        the_case, lead, told.partner, told.members, told.id, told.happened_at, told.until
    FROM (
        SELECT e.id, e.seq, e.happened_at,
            (e.payload -> 'data' ->> 'with_body_number')::bigint AS partner,
            e.payload -> 'data' ->> 'seen_as' = 'members' AS members,
            (nullif(e.payload -> 'data' ->> 'until', ''))::date AS until
        FROM case_entry e
        WHERE e.case_id = the_case AND e.kind = 'case_shared' AND NOT EXISTS (
            SELECT FROM case_entry ended
            WHERE ended.case_id = the_case AND ended.kind = 'case_share_ended'
              AND (ended.payload -> 'refers_to')::jsonb ? e.id::text)
    ) AS told
    WHERE told.partner <> lead AND (told.until IS NULL OR told.until >= today)
    ORDER BY told.partner, told.seq DESC;
    let_in := ARRAY(
        SELECT partner_id FROM case_partner WHERE case_id = the_case AND members
        ORDER BY partner_id);
    named := ARRAY(
        SELECT DISTINCT (e.payload -> 'data' ->> 'with_body_number')::bigint FROM case_entry e
        WHERE e.case_id = the_case AND e.kind = 'case_shared');
    UPDATE case_file SET shared_with = ARRAY(
        SELECT seen FROM unnest(shared_with) WITH ORDINALITY AS s (seen, place)
        WHERE seen <> ALL (named) ORDER BY place) || let_in
    WHERE id = the_case;
END $$
"""

# What a body that is let into a case is told of it before it opens it: as much as its notice would
# say. It asks for the bodies that the transaction acts for, and for no others.
LENT = f"""
CREATE FUNCTION case_lent(at_most integer)
RETURNS TABLE (
    case_id bigint, ref text, title text, procedure text, step text, service text, service_cy text,
    led_by bigint, led_by_name text, led_by_name_cy text, members boolean, shared_by uuid,
    since timestamptz, until date, closed_at timestamptz
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT c.id, c.ref, c.title, c.procedure, c.step, s.name, s.name_cy,
        b.id, b.name, b.name_cy, p.members, p.shared_by, p.since, p.until, c.closed_at
    FROM case_partner p
    JOIN case_file c ON c.id = p.case_id
    JOIN bodies_body b ON b.id = c.body_id
    LEFT JOIN bodies_service s ON s.id = c.service_id
    WHERE {within_bodies("p.partner_id")} AND NOT {within_bodies("c.body_id")}
    ORDER BY p.since DESC, p.id DESC LIMIT at_most
$$
"""
FUNCTIONS = {"case_let_see(bigint)": LET_SEE, "case_lent(integer)": LENT}
SEEN = f"({within_bodies('body_id')} OR {within_bodies('partner_id')} OR case_id IN (SELECT id FROM case_file WHERE shared_with && {BODIES}::bigint[]))"


class Migration(migrations.Migration):
    """The table, whose rows follow the log, and the two questions about it."""

    dependencies = [
        ('bodies', '0001_initial'),
        ('cases', '0019_plans_by_owner'),
    ]

    operations = [
        migrations.CreateModel(
            name='CasePartner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('members', models.BooleanField()),
                ('shared_by', models.UUIDField()),
                ('since', models.DateTimeField()),
                ('until', models.DateField(null=True)),
                ('body', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='partners', to='cases.case')),
                ('partner', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
            ],
            options={
                'db_table': 'case_partner',
                'constraints': [models.UniqueConstraint(fields=('case', 'partner'), name='case_partner_once')],
                'indexes': [models.Index(fields=['partner', '-since'], name='case_partner_of')],
            },
        ),
        *enable("case_partner", using=SEEN, rights=("SELECT",)),
        migrations.RunSQL(
            "CREATE POLICY case_partner_follows ON case_partner TO candour_owner USING (true) WITH CHECK (true)",
            "DROP POLICY case_partner_follows ON case_partner",
        ),
        *(
            migrations.RunSQL(
                [
                    sql,
                    f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC",
                    f"GRANT EXECUTE ON FUNCTION {name} TO candour_app",
                ],
                f"DROP FUNCTION {name}",
            )
            for name, sql in FUNCTIONS.items()
        ),
    ]
