"""Feedback is read first as all words are; what happened to each piece is kept, to be counted in whole fives."""

import alongside.kernel.seal
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('voice', '0004_who_quotes'),
    ]

    operations = [
        migrations.CreateModel(
            name='FeedbackStep',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('made_by', models.BigIntegerField()),
                ('feedback', models.UUIDField(db_index=True)),
                ('kind', models.CharField(choices=[('came', 'It came'), ('replied', 'It was replied to'), ('late', 'The day of the reply passed'), ('judged', 'Whether the reply answers was said'), ('passed', 'It was passed to the duty team')], max_length=8)),
                ('said', models.CharField(max_length=8)),
                ('days', models.IntegerField(null=True)),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'everything',
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name='feedback',
            name='look_by',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='feedback',
            name='shown_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='feedback',
            name='held_for',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='feedback',
            name='held_words',
            field=alongside.kernel.seal.SealedField(null=True),
        ),
        migrations.AddField(
            model_name='feedback',
            name='held_until',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='feedback',
            name='shown_outside',
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='feedback',
            name='asked_for',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
    ]
