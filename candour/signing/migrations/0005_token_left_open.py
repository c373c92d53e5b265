"""A link keeps what its token is made from; the token itself stands nowhere, the outbox included."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column; a link from before has none, and its mail holds its token."""

    dependencies = [("signing", "0004_turn_of_an_account")]

    operations = [
        migrations.AddField(
            model_name="link", name="nonce", field=models.BinaryField(default=b"")
        ),
    ]
