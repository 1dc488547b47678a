from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sync", "0003_likely_pairs")]

    operations = [
        migrations.AddField(
            model_name="schedule",
            name="holds_background_only",
            field=models.BooleanField(default=False, help_text="A person’s small change may pass."),
        )
    ]
