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


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, 'source_newer')
