"""Programs may seal files that wait to be taken in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more purpose."""

    dependencies = [
        ('sealing', '0002_closed'),
    ]

    operations = [
        migrations.AlterField(
            model_name='sealedevent',
            name='purpose',
            field=models.TextField(choices=[('person', 'Who somebody is and how to reach them'), ('words', 'The words as they were given'), ('mail', 'A message to a member of the public'), ('file', 'A file that waits to be taken in')]),
        ),
        migrations.AlterField(
            model_name='sealedidentity',
            name='purpose',
            field=models.TextField(choices=[('person', 'Who somebody is and how to reach them'), ('words', 'The words as they were given'), ('mail', 'A message to a member of the public'), ('file', 'A file that waits to be taken in')]),
        ),
    ]
