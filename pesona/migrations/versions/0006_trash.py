"""trash."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('item', sa.Column('trashed_at', sa.DateTime(), nullable=True))


def downgrade() -> None:
    # Not in a batch: that would drop the table to which others point.
    op.drop_column('item', 'trashed_at')
