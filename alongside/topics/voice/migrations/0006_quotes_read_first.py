"""A place that quotes a resolution is read first, as all words are. What stood already is shown as before."""

import alongside.kernel.seal
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('voice', '0005_read_first_and_counted'),
    ]

    operations = [
        migrations.AddField(
            model_name='quote',
            name='look_by',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='quote',
            name='shown_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='quote',
            name='held_for',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='quote',
            name='held_words',
            field=alongside.kernel.seal.SealedField(null=True),
        ),
        migrations.AddField(
            model_name='quote',
            name='held_until',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='quote',
            name='shown_outside',
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='quote',
            name='asked_for',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
    ]
