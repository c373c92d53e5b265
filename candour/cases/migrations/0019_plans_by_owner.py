"""Indexes by which plans are narrowed to an owner or a plan, and by which rare reasons are found."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Each holds a stretch that a column of the board reads in order."""

    dependencies = [("cases", "0018_words_by_week")]

    operations = [
        migrations.AddIndex(
            model_name='caseaction',
            index=models.Index(condition=models.Q(('said_done_on__isnull', True), ('stands', 'open'), ('unable', True)), fields=['body', 'sorts_at', 'id'], name='case_action_unable'),
        ),
        migrations.AddIndex(
            model_name='caseaction',
            index=models.Index(condition=models.Q(('said_done_on__isnull', True), ('stands', 'open'), ('unable', False), models.Q(('asked_until__isnull', False), ('sent_back', True), ('extended', True), _connector='OR')), fields=['body', 'sorts_at', 'id'], name='case_action_moved'),
        ),
        migrations.AddIndex(
            model_name='caseaction',
            index=models.Index(fields=['body', 'owner_key', 'id'], name='case_action_owner'),
        ),
        migrations.AddIndex(
            model_name='caseaction',
            index=models.Index(condition=models.Q(('stands', 'open')), fields=['body', 'plan', 'sorts_at', 'id'], name='case_action_plan'),
        ),
    ]
