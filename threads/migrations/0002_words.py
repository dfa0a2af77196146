"""What full-text search needs: FTS5 tables with triggers on SQLite, indexes on PostgreSQL.

Triggers and indexes cannot be forgotten by a writer, and change with the row or not at all.
"""

from django.db import migrations

COLUMNS = [
    ("threads_comment", "text"),
    ("threads_section", "heading"),
    ("threads_talkpage", "title"),
]
# An index of words is made of parts, each written at once. Merged by fours, as FTS5 would by
# itself, what an import adds is written anew more often than reading gains by it.
SQLITE = """
CREATE VIRTUAL TABLE {table}_words USING fts5({column}, content='{table}', content_rowid='id',
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'");
INSERT INTO {table}_words({table}_words, rank) VALUES('automerge', 16);
INSERT INTO {table}_words({table}_words) VALUES('rebuild');
CREATE TRIGGER {table}_words_in AFTER INSERT ON {table} BEGIN
    INSERT INTO {table}_words(rowid, {column}) VALUES (new.id, new.{column});
END;
CREATE TRIGGER {table}_words_out AFTER DELETE ON {table} BEGIN
    INSERT INTO {table}_words({table}_words, rowid, {column})
        VALUES ('delete', old.id, old.{column});
END;
CREATE TRIGGER {table}_words_change AFTER UPDATE OF {column} ON {table}
WHEN old.{column} IS NOT new.{column} BEGIN
    INSERT INTO {table}_words({table}_words, rowid, {column})
        VALUES ('delete', old.id, old.{column});
    INSERT INTO {table}_words(rowid, {column}) VALUES (new.id, new.{column});
END
"""
# PostgreSQL keeps at most 1 MB of a text's words.
POSTGRESQL = """
CREATE INDEX {table}_words ON {table} USING gin (to_tsvector('simple',
    translate(left({column}, 100000), './-_@:~&=?%+#<>', repeat(' ', 15))))
"""
UNDO = {
    "sqlite": """
DROP TRIGGER {table}_words_in;
DROP TRIGGER {table}_words_out;
DROP TRIGGER {table}_words_change;
DROP TABLE {table}_words
""",
    "postgresql": "DROP INDEX {table}_words",
}
DO = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def statements(script):
    """The statements of a script; a trigger's own semicolons are inside BEGIN and END."""
    found, inside = [""], False
    for line in script.strip().splitlines():
        inside = (inside or line.endswith("BEGIN")) and not line.startswith("END")
        found[-1] += line.removesuffix(";") + "\n" if not inside else line + "\n"
        if line.endswith(";") and not inside:
            found.append("")
    return [statement for statement in found if statement.strip()]


def run(scripts):
    def change(apps, schema_editor):
        script = scripts[schema_editor.connection.vendor]
        for table, column in COLUMNS:
            for statement in statements(script.format(table=table, column=column)):
                schema_editor.execute(statement, params=None)  # a % is a %

    return change


class Migration(migrations.Migration):
    dependencies = [("threads", "0001_initial")]
    operations = [migrations.RunPython(run(DO), run(UNDO))]
