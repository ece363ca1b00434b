"""Who typed an entry for its author is a column, and of what somebody did only that has an index.

An index of all that somebody did was a page more of the write-ahead log for each line, and nobody asked it.
"""

import json
from typing import Any
from uuid import UUID

from django.db import migrations, models


def say_who_typed(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("kernel", "Entry").objects
    found = rows.filter(header__contains='"typed_by":"').order_by("number").values_list("number", "header")
    for number, header in list(found):
        typist = json.loads(header).get("typed_by")
        if typist:
            rows.filter(number=number).update(typed_by=UUID(typist))


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0003_the_record_is_one_tree'),
    ]

    operations = [
        migrations.AddField('entry', 'typed_by', models.UUIDField(null=True)),
        migrations.RunPython(say_who_typed, migrations.RunPython.noop),
        migrations.RemoveIndex('entry', 'entry_author'),
        migrations.AddIndex('entry', models.Index(condition=models.Q(('typed_by__isnull', False)), fields=['author', 'number'], name='entry_typed')),
    ]
