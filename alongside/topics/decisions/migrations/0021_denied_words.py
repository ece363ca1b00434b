from django.db import migrations, models


class Migration(migrations.Migration):
    """Words that somebody denies leave their place in three more tables."""

    dependencies = [
        ("decisions", "0020_heard_since"),
    ]

    operations = [
        migrations.AddField(
            model_name=name,
            name="taken",
            field=models.CharField(default="", max_length=24),
            preserve_default=False,
        )
        for name in ("challenge", "option", "question")
    ]
