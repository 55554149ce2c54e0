"""the Indonesian text is newer than its translation."""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

TABLES = ('destination_translation', 'event_translation', 'page_translation')


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column('source_newer', sa.Boolean(), nullable=False, server_default=sa.false()))
    _mark(op.get_bind())


def _mark(connection: sa.Connection) -> None:
    """Mark the published English words of which a field's source has changed."""
    field = sa.table('translated_field', *map(sa.column, ('item_id', 'locale', 'state')))
    changed = sa.select(field.c.item_id).where(field.c.locale == 'en', field.c.state == 'changed')
    for name in TABLES:
        table = sa.table(name, sa.column('item_id'), sa.column('locale'), sa.column('source_newer', sa.Boolean()))
        stale = table.c.item_id.in_(changed) & (table.c.locale == 'en')
        connection.execute(table.update().where(stale).values(source_newer=True))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, 'source_newer')
