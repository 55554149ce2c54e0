"""notices, and the day on which an editor last confirmed the facts of an item."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

CHECKED = ('destination', 'event', 'page')


def upgrade() -> None:
    for table in CHECKED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column('checked_on', sa.String(length=10), nullable=False, server_default=''))

    op.create_table('notice',
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('severity', sa.String(length=20), nullable=False),
    sa.Column('start', sa.String(length=16), nullable=False),
    sa.Column('end', sa.String(length=16), nullable=False),
    sa.Column('scope', sa.String(length=20), nullable=False),
    sa.Column('districts', sa.JSON(), nullable=False),
    sa.Column('destinations', sa.JSON(), nullable=False),
    sa.Column('code', sa.String(length=120), nullable=False),
    sa.Column('sources', sa.JSON(), nullable=False),
    sa.Column('checked_on', sa.String(length=10), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_notice_item_id_item')),
    sa.PrimaryKeyConstraint('item_id', name=op.f('pk_notice')),
    sa.UniqueConstraint('code', name=op.f('uq_notice_code'))
    )
    op.create_table('notice_translation',
    sa.Column('locale', sa.String(length=2), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('sort_key', sa.String(length=200), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('body_html', sa.Text(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_notice_translation_item_id_item')),
    sa.PrimaryKeyConstraint('locale', 'item_id', name=op.f('pk_notice_translation'))
    )


def downgrade() -> None:
    op.drop_table('notice_translation')
    op.drop_table('notice')
    for table in CHECKED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column('checked_on')
