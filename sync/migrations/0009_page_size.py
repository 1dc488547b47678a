from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sync", "0008_earlier_links")]

    operations = [
        migrations.AddField(
            model_name="pullplace",
            name="page_size",
            field=models.PositiveIntegerField(
                default=1000, help_text="Rows to ask for at once: fewer after a page that did not come."
            ),
        ),
    ]
