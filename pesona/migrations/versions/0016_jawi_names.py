"""the name of a destination or event in Jawi."""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

TABLES = ('destination', 'event')


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column('name_jawi', sa.String(length=200), nullable=False, server_default=''))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, 'name_jawi')
