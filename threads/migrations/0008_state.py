"""The archive's state: a word that changes with whatever pages show.

Triggers cannot be forgotten by a writer, and change it with the rows or not at all. The word is
made up and never comes back, not even in an archive that was restored from a copy.

On SQLite, where one connection writes at a time, it is one row. On PostgreSQL, where writers of
one row would wait for each other, each transaction adds one of its own and takes away what is
older than the last few: whatever is committed, the rows together are others than before.
"""

from django.db import migrations

TABLES = (
    "author",
    "change",
    "collection",
    "collectionpage",
    "comment",
    "formerid",
    "formertitle",
    "revision",
    "section",
    "talkpage",
    "unsignedtext",
    "wiki",
)
SQLITE = """
CREATE TABLE threads_state (place integer PRIMARY KEY, word text NOT NULL);
INSERT INTO threads_state VALUES (1, hex(randomblob(8)));
"""
SQLITE_TRIGGER = """
CREATE TRIGGER threads_{table}_state_{event} AFTER {event} ON threads_{table} BEGIN
    UPDATE threads_state SET word = hex(randomblob(8));
END
"""
POSTGRESQL = """
CREATE TABLE threads_state (place bigint PRIMARY KEY, word text NOT NULL);
INSERT INTO threads_state VALUES (0, gen_random_uuid()::text);
CREATE FUNCTION threads_new_state() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE threads_state SET word = gen_random_uuid() WHERE place = txid_current();
    IF NOT FOUND THEN
        INSERT INTO threads_state VALUES (txid_current(), gen_random_uuid());
        DELETE FROM threads_state WHERE place IN (
            SELECT place FROM threads_state WHERE place < txid_current() AND place NOT IN (
                SELECT place FROM threads_state ORDER BY place DESC LIMIT 16
            ) FOR UPDATE SKIP LOCKED
        );
    END IF;
    RETURN NULL;
END $$;
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER threads_{table}_state
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON threads_{table}
    EXECUTE FUNCTION threads_new_state()
"""


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)
        for table in TABLES:
            schema_editor.execute(POSTGRESQL_TRIGGER.format(table=table), params=None)
        return
    for statement in SQLITE.strip().splitlines():
        schema_editor.execute(statement, params=None)
    for table in TABLES:
        for event in ("INSERT", "UPDATE", "DELETE"):
            schema_editor.execute(SQLITE_TRIGGER.format(table=table, event=event), params=None)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS threads_{table}_state ON threads_{table}")
        schema_editor.execute("DROP FUNCTION threads_new_state")
    else:
        for table in TABLES:
            for event in ("insert", "update", "delete"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS threads_{table}_state_{event}")
    schema_editor.execute("DROP TABLE threads_state")


class Migration(migrations.Migration):
    dependencies = [("threads", "0007_search")]
    operations = [migrations.RunPython(add, remove)]
