from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sync", "0006_comparison_under_way")]

    operations = [
        migrations.AddField(
            model_name="conflict",
            name="locked",
            field=models.JSONField(
                default=list, help_text="Of these, what Xero locks: it was paid or credited."
            ),
        )
    ]
