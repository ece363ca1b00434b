"""Words that nobody put their name to wait to be read, wherever they stand. What was there stays as public."""

import alongside.kernel.seal
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('promises', '0005_who_must_answer_by_when'),
    ]

    operations = [
        migrations.AddField(
            model_name='verdict',
            name='look_by',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='verdict',
            name='shown_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='verdict',
            name='held_for',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='verdict',
            name='held_words',
            field=alongside.kernel.seal.SealedField(null=True),
        ),
        migrations.AddField(
            model_name='verdict',
            name='held_until',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='verdict',
            name='shown_outside',
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='verdict',
            name='asked_for',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='dateanswer',
            name='look_by',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='dateanswer',
            name='shown_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='dateanswer',
            name='held_for',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='dateanswer',
            name='held_words',
            field=alongside.kernel.seal.SealedField(null=True),
        ),
        migrations.AddField(
            model_name='dateanswer',
            name='held_until',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='dateanswer',
            name='shown_outside',
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='dateanswer',
            name='asked_for',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='statement',
            name='held_until',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='statement',
            name='shown_outside',
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='statement',
            name='asked_for',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='linkedact',
            name='held_until',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='linkedact',
            name='shown_outside',
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='linkedact',
            name='asked_for',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
    ]
