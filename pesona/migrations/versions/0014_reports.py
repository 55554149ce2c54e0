"""mistakes reported by visitors."""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'report',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('token_hash', sa.String(length=64), nullable=False),
        sa.Column('item_id', sa.Integer(), nullable=True),
        sa.Column('locale', sa.String(length=2), nullable=False),
        sa.Column('place', sa.String(length=200), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('sent_at', sa.DateTime(), nullable=False),
        sa.Column('state', sa.String(length=20), nullable=False),
        sa.Column('answer', sa.String(length=500), nullable=False),
        sa.Column('answers', sa.Integer(), nullable=False),
        sa.Column('answered_at', sa.DateTime(), nullable=True),
        sa.Column('answered_by', sa.Integer(), nullable=True),
        sa.Column('revision', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['answered_by'], ['account.id'], name=op.f('fk_report_answered_by_account')),
        sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_report_item_id_item')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_report')),
        sa.UniqueConstraint('token_hash', name=op.f('uq_report_token_hash')),
    )
    op.create_index(op.f('ix_report_item_id'), 'report', ['item_id'])
    op.create_index(op.f('ix_report_sent_at'), 'report', ['sent_at'])
    op.create_table(
        'correction',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('report_id', sa.Integer(), nullable=False),
        sa.Column('item_id', sa.Integer(), nullable=False),
        sa.Column('revision', sa.Integer(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_correction_item_id_item')),
        sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_correction_report_id_report')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_correction')),
        sa.UniqueConstraint('report_id', name=op.f('uq_correction_report_id')),
    )
    op.create_index(op.f('ix_correction_item_id'), 'correction', ['item_id'])


def downgrade() -> None:
    op.drop_table('correction')
    op.drop_table('report')
