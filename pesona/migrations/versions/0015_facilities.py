"""what places have."""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch: that would drop the table to which others point.
    op.add_column('destination', sa.Column('facilities', sa.JSON(), nullable=False, server_default='[]'))


def downgrade() -> None:
    op.drop_column('destination', 'facilities')
