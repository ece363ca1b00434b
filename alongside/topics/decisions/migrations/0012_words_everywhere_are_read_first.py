"""Words that nobody put their name to wait to be read, wherever they stand. What was there stays as public."""

import alongside.kernel.seal
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0011_a_lot_belongs_to_a_change'),
    ]

    operations = [
        migrations.RenameField(model_name='problemwords', old_name='shows_on', new_name='shown_on'),
        migrations.AddField(
            model_name='judgement',
            name='look_by',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='judgement',
            name='shown_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='judgement',
            name='held_for',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='judgement',
            name='held_words',
            field=alongside.kernel.seal.SealedField(null=True),
        ),
        migrations.AddField(
            model_name='judgement',
            name='held_until',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='judgement',
            name='shown_outside',
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='judgement',
            name='asked_for',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='trial',
            name='look_by',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='trial',
            name='shown_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='trial',
            name='held_for',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='trial',
            name='held_words',
            field=alongside.kernel.seal.SealedField(null=True),
        ),
        migrations.AddField(
            model_name='trial',
            name='held_until',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='trial',
            name='shown_outside',
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='trial',
            name='asked_for',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='benefitanswer',
            name='look_by',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='benefitanswer',
            name='shown_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='benefitanswer',
            name='held_for',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='benefitanswer',
            name='held_words',
            field=alongside.kernel.seal.SealedField(null=True),
        ),
        migrations.AddField(
            model_name='benefitanswer',
            name='held_until',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='benefitanswer',
            name='shown_outside',
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='benefitanswer',
            name='asked_for',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='question',
            name='look_by',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='question',
            name='shown_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='question',
            name='held_for',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='question',
            name='held_words',
            field=alongside.kernel.seal.SealedField(null=True),
        ),
        migrations.AddField(
            model_name='question',
            name='held_until',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='question',
            name='shown_outside',
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='question',
            name='asked_for',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='problemresult',
            name='look_by',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='problemresult',
            name='shown_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='problemresult',
            name='held_for',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='problemresult',
            name='held_words',
            field=alongside.kernel.seal.SealedField(null=True),
        ),
        migrations.AddField(
            model_name='problemresult',
            name='held_until',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='problemresult',
            name='shown_outside',
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='problemresult',
            name='asked_for',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='problemwords',
            name='held_for',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='problemwords',
            name='held_words',
            field=alongside.kernel.seal.SealedField(null=True),
        ),
        migrations.AddField(
            model_name='problemwords',
            name='held_until',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='problemwords',
            name='shown_outside',
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='problemwords',
            name='asked_for',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
        migrations.RunSQL(
            # What was held back stays so, for the reason that its problem says.
            "UPDATE decisions_problemwords SET held_for = (SELECT held_for FROM decisions_problem"
            " WHERE decisions_problem.id = decisions_problemwords.problem) WHERE is_held",
            "UPDATE decisions_problemwords SET is_held = (held_for <> '')",
        ),
        migrations.RemoveField(model_name='problemwords', name='is_held'),
    ]
