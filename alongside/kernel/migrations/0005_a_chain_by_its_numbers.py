"""Each line of the record names the number of the line before it of the same thing, and the head that of the last.

So a thing's lines are found from the last to the first, and the index of chains goes: it was a page more of the
write-ahead log for each line. On PostgreSQL another takes its place, for there it is what refuses two writers
who would both be next.

What the header says has a column only where lines are found by it: a smaller row is fewer pages, and nothing is
there twice that could differ.
"""

from typing import Any

from django.db import migrations, models

_HEAD = '"thing" char(32) NOT NULL PRIMARY KEY, "length" integer NOT NULL, "leaf" BLOB NOT NULL, "last" bigint NOT NULL'
_COLUMNS = (
    '"number" integer NOT NULL PRIMARY KEY, "before" bigint NULL, "about" char(32) NULL, "typed_for" char(32) NULL,'
    ' "header" text NOT NULL, "boxes" BLOB NOT NULL, "leaf" BLOB NOT NULL'
)
_BEFORE = "SELECT p.number FROM kernel_entry p WHERE p.thing = e.thing AND p.place = e.place - 1"
_LAST = "SELECT e.number FROM kernel_entry e WHERE e.thing = h.thing AND e.place = h.length"
_TYPED_FOR = "CASE WHEN e.typed_by IS NULL THEN NULL ELSE e.author END"

_ON_SQLITE = (
    f'CREATE TABLE "new_kernel_head" ({_HEAD}) WITHOUT ROWID',
    f'INSERT INTO "new_kernel_head" SELECT h.thing, h.length, h.leaf, ({_LAST}) FROM kernel_head h',
    'DROP TABLE "kernel_head"',
    'ALTER TABLE "new_kernel_head" RENAME TO "kernel_head"',
    f'CREATE TABLE "new_kernel_entry" ({_COLUMNS})',
    f'INSERT INTO "new_kernel_entry" SELECT e.number, ({_BEFORE}), e.about, {_TYPED_FOR}, e.header, e.boxes, e.leaf'
    " FROM kernel_entry e ORDER BY e.number",
    'DROP TABLE "kernel_entry"',
    'ALTER TABLE "new_kernel_entry" RENAME TO "kernel_entry"',
    'CREATE INDEX "entry_about" ON "kernel_entry" ("about", "number") WHERE "about" IS NOT NULL',
    'CREATE INDEX "entry_typed" ON "kernel_entry" ("typed_for", "number") WHERE "typed_for" IS NOT NULL',
)
_ON_POSTGRESQL = (
    "ALTER TABLE kernel_head ADD COLUMN last bigint",
    f"UPDATE kernel_head h SET last = ({_LAST})",
    "ALTER TABLE kernel_head ALTER COLUMN last SET NOT NULL",
    "ALTER TABLE kernel_entry ADD COLUMN before bigint, ADD COLUMN typed_for uuid",
    f"UPDATE kernel_entry e SET before = ({_BEFORE}), typed_for = {_TYPED_FOR} WHERE e.place > 1 OR e.typed_by IS NOT NULL",
    "ALTER TABLE kernel_entry DROP COLUMN id, DROP COLUMN thing, DROP COLUMN place, DROP COLUMN kind,"
    " DROP COLUMN author, DROP COLUMN typed_by, DROP COLUMN at",
    "CREATE INDEX entry_typed ON kernel_entry (typed_for, number) WHERE typed_for IS NOT NULL",
    "CREATE UNIQUE INDEX entry_once_in_its_chain ON kernel_entry (before) WHERE before IS NOT NULL",
)


def by_numbers(apps: Any, schema_editor: Any) -> None:
    for statement in _ON_SQLITE if schema_editor.connection.vendor == "sqlite" else _ON_POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0004_who_typed_it'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(by_numbers)],
            state_operations=[
                migrations.AddField('head', 'last', models.BigIntegerField()),
                migrations.RemoveConstraint('entry', 'entry_once_in_its_chain'),
                migrations.RemoveIndex('entry', 'entry_typed'),
                migrations.AddField('entry', 'before', models.BigIntegerField(null=True)),
                migrations.AddField('entry', 'typed_for', models.UUIDField(null=True)),
                *(
                    migrations.RemoveField('entry', name)
                    for name in ('id', 'thing', 'place', 'kind', 'author', 'typed_by', 'at')
                ),
                migrations.AddIndex('entry', models.Index(condition=models.Q(('typed_for__isnull', False)), fields=['typed_for', 'number'], name='entry_typed')),
            ],
        ),
    ]
