"""imports, and the price of a destination in words."""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('import_batch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('form', sa.JSON(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('outcomes', sa.JSON(), nullable=False),
    sa.Column('made', sa.JSON(), nullable=False),
    sa.Column('left_alone', sa.JSON(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('command', sa.String(length=80), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('published', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_import_batch_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_batch')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('import_batch', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_batch_created_at'), ['created_at'], unique=False)

    with op.batch_alter_table('destination_translation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('price_note', sa.Text(), server_default='', nullable=False))
    with op.batch_alter_table('destination_translation', schema=None) as batch_op:
        batch_op.alter_column('price_note', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('destination_translation', schema=None) as batch_op:
        batch_op.drop_column('price_note')
    with op.batch_alter_table('import_batch', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_batch_created_at'))

    op.drop_table('import_batch')
