"""What is put right keeps what was before; what comes in later for an engagement adds itself."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from candour.database.address import APP
from candour.database.row_security import enable

KEPT = ("SELECT", "INSERT")
PUT_RIGHT = ("campaign", "phase", "engagement")

# Fires ALWAYS: nothing is changed without what it was before, and without somebody's reason.
KEEP_FORMER = """
CREATE FUNCTION outreach_keeps_former() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.body_id) IS DISTINCT FROM (OLD.id, OLD.body_id)
        OR NEW.corrected_at IS NULL OR btrim(NEW.why) = '' THEN
        RAISE EXCEPTION '% % is put right only with an instant and a reason', TG_ARGV[0], OLD.id
            USING ERRCODE = 'restrict_violation',
                  HINT = 'Put it right through candour.outreach.actions.';
    END IF;
    INSERT INTO outreach_former (body_id, sort, number, held, until, by_id, why)
    VALUES (OLD.body_id, TG_ARGV[0], OLD.id, to_jsonb(OLD), NEW.corrected_at,
            NEW.corrected_by_id, NEW.why);
    RETURN NEW;
END $$
"""
# Takes its share of the lock under which a source is added, so that nothing falls between.
GATHER_PAPER = """
CREATE FUNCTION outreach_gathers_paper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('outreach/' || NEW.body_id, 0));
    INSERT INTO outreach_gathered (body_id, engagement_id, experience_id, by_id, at)
    SELECT NEW.body_id, engagement_id, NEW.experience_id, NEW.keyed_by_id, NEW.told_at
    FROM outreach_source
    WHERE body_id = NEW.body_id AND came_by = 'paper' AND ended_at IS NULL
        AND lower(name) = lower(NEW.batch)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$
"""
# The row of an import is stored last, when its experiences are there.
GATHER_FILE = """
CREATE FUNCTION outreach_gathers_file() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held bigint;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('outreach/' || NEW.body_id, 0));
    SELECT engagement_id INTO held FROM outreach_source
    WHERE body_id = NEW.body_id AND came_by = 'file' AND ended_at IS NULL AND name = NEW.file_name;
    IF FOUND THEN
        INSERT INTO outreach_gathered (body_id, engagement_id, experience_id, by_id, at)
        SELECT NEW.body_id, held, id, NEW.imported_by_id, NEW.imported_at
        FROM experience WHERE batch_id = NEW.id
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$
"""


def _body():
    return models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')


def _person():
    return models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)


def _trigger(name, function, table, when):
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {function}", f"DROP TRIGGER {name} ON {table}"
    )


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0001_campaigns_and_engagements'),
        ('experiences', '0007_answers_change_by_marks'),
        ('telling', '0003_withdrawn_words'),
    ]

    operations = [
        *[
            operation
            for name in PUT_RIGHT
            for operation in (
                migrations.AddField(name, 'corrected_at', models.DateTimeField(null=True)),
                migrations.AddField(name, 'corrected_by', _person()),
                migrations.AddField(name, 'why', models.TextField(blank=True, db_default='', default='')),
            )
        ],
        migrations.CreateModel(
            name='Former',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort', models.TextField(choices=[('campaign', 'A campaign'), ('phase', 'A phase'), ('engagement', 'An engagement')])),
                ('number', models.BigIntegerField()),
                ('held', models.JSONField()),
                ('until', models.DateTimeField()),
                ('why', models.TextField()),
                ('body', _body()),
                ('by', _person()),
            ],
            options={
                'db_table': 'outreach_former',
                'indexes': [models.Index(fields=['sort', 'number'], name='outreach_formers')],
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('came_by', models.TextField(choices=[('paper', 'Paper forms that are keyed'), ('file', 'A file that is imported')])),
                ('name', models.TextField()),
                ('since', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('body', _body()),
                ('by', _person()),
                ('ended_by', _person()),
                ('engagement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='outreach.engagement')),
            ],
            options={
                'db_table': 'outreach_source',
                'constraints': [models.UniqueConstraint(F('body'), F('came_by'), django.db.models.functions.text.Lower('name'), condition=Q(('ended_at__isnull', True)), name='outreach_source_once')],
            },
        ),
        *enable("outreach_former", rights=KEPT),
        *enable("outreach_source", rights=KEPT),
        migrations.RunSQL(
            f"GRANT UPDATE (ended_at, ended_by_id) ON outreach_source TO {APP}",
            f"REVOKE UPDATE (ended_at, ended_by_id) ON outreach_source FROM {APP}",
        ),
        migrations.RunSQL(
            f"GRANT UPDATE ON outreach_phase TO {APP}", f"REVOKE UPDATE ON outreach_phase FROM {APP}"
        ),
        migrations.RunSQL(KEEP_FORMER, "DROP FUNCTION outreach_keeps_former()"),
        migrations.RunSQL(GATHER_PAPER, "DROP FUNCTION outreach_gathers_paper()"),
        migrations.RunSQL(GATHER_FILE, "DROP FUNCTION outreach_gathers_file()"),
        *[
            _trigger(
                "outreach_former_kept",
                f"outreach_keeps_former('{name}')",
                f"outreach_{name}",
                f"BEFORE UPDATE ON outreach_{name} FOR EACH ROW",
            )
            for name in PUT_RIGHT
        ],
        *[
            migrations.RunSQL(
                f"ALTER TABLE outreach_{name} ENABLE ALWAYS TRIGGER outreach_former_kept",
                migrations.RunSQL.noop,
            )
            for name in PUT_RIGHT
        ],
        _trigger(
            "outreach_paper_gathered",
            "outreach_gathers_paper()",
            "telling_told",
            "AFTER INSERT ON telling_told FOR EACH ROW WHEN (NEW.batch <> '')",
        ),
        _trigger(
            "outreach_file_gathered",
            "outreach_gathers_file()",
            "experience_import",
            "AFTER INSERT ON experience_import FOR EACH ROW",
        ),
    ]
