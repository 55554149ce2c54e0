"""outside links."""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'link_check',
        sa.Column('url', sa.String(length=2000), nullable=False),
        sa.Column('checked_at', sa.DateTime(), nullable=False),
        sa.Column('reached_on', sa.Date(), nullable=True),
        sa.Column('failed_days', sa.Integer(), nullable=False),
        sa.Column('failed_since', sa.Date(), nullable=True),
        sa.Column('failed_on', sa.Date(), nullable=True),
        sa.Column('problem', sa.String(length=20), nullable=False),
        sa.Column('ignored_until', sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint('url', name=op.f('pk_link_check')),
    )
    op.create_table(
        'link_use',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('item_id', sa.Integer(), nullable=False),
        sa.Column('place', sa.String(length=10), nullable=False),
        sa.Column('url', sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_link_use_item_id_item')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_link_use')),
    )
    op.create_index(op.f('ix_link_use_item_id'), 'link_use', ['item_id'])
    op.create_index(op.f('ix_link_use_url'), 'link_use', ['url'])


def downgrade() -> None:
    op.drop_table('link_use')
    op.drop_table('link_check')
