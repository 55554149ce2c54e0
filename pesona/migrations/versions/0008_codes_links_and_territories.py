"""codes, links, territories, and where deeds were done."""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('totp_secret', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('totp_step', sa.Integer(), nullable=True))

    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.add_column(sa.Column('browser', sa.String(length=60), nullable=False, server_default=''))

    with op.batch_alter_table('log_entry', schema=None) as batch_op:
        batch_op.add_column(sa.Column('request', sa.String(length=40), nullable=False, server_default=''))
        batch_op.create_index(batch_op.f('ix_log_entry_account_id'), ['account_id'], unique=False)

    op.create_table('log_address',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('address', sa.String(length=45), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['log_entry.id'], name=op.f('fk_log_address_entry_id_log_entry')),
    sa.PrimaryKeyConstraint('entry_id', name=op.f('pk_log_address'))
    )
    with op.batch_alter_table('log_address', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_log_address_at'), ['at'], unique=False)

    op.create_table('password_link',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(length=20), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.Column('used_at', sa.DateTime(), nullable=True),
    sa.Column('superseded_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_password_link_account_id_account')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_password_link'))
    )
    with op.batch_alter_table('password_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_password_link_account_id'), ['account_id'], unique=False)

    op.create_table('recovery_code',
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('used_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_recovery_code_account_id_account')),
    sa.PrimaryKeyConstraint('code_hash', name=op.f('pk_recovery_code'))
    )
    with op.batch_alter_table('recovery_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recovery_code_account_id'), ['account_id'], unique=False)

    op.create_table('territory',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('area_code', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_territory_account_id_account')),
    sa.PrimaryKeyConstraint('account_id', 'area_code', name=op.f('pk_territory'))
    )


def downgrade() -> None:
    for table in ('territory', 'recovery_code', 'password_link', 'log_address'):
        op.drop_table(table)
    with op.batch_alter_table('log_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_log_entry_account_id'))
        batch_op.drop_column('request')

    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.drop_column('browser')

    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.drop_column('totp_step')
        batch_op.drop_column('totp_secret')
