from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("integrations", "0002_operator_controls")]

    operations = [
        migrations.AlterField(
            model_name="operatoralert",
            name="kind",
            field=models.CharField(
                choices=[
                    ("misconfigured", "Xero refused our own credentials or address"),
                    ("often_lost", "A company loses its access too often"),
                    ("paused", "This installation stands still"),
                    ("webhooks_mis_signed", "Webhooks arrive with a wrong signature"),
                    ("stuck", "The sync of a company makes no headway"),
                    ("webhooks_silent", "Webhooks have stopped arriving"),
                ],
                max_length=20,
            ),
        ),
    ]
