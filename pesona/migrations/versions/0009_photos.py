"""photos, the public list of those that live items show, and the queue of their files."""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('photo',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('upload', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('suffix', sa.String(length=4), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('focus_x', sa.Double(), nullable=True),
    sa.Column('focus_y', sa.Double(), nullable=True),
    sa.Column('cut_x', sa.Double(), nullable=False),
    sa.Column('cut_y', sa.Double(), nullable=False),
    sa.Column('ready', sa.Boolean(), nullable=False),
    sa.Column('alt_id', sa.String(length=150), nullable=False),
    sa.Column('alt_en', sa.String(length=150), nullable=False),
    sa.Column('decorative', sa.Boolean(), nullable=False),
    sa.Column('caption_id', sa.Text(), nullable=False),
    sa.Column('caption_en', sa.Text(), nullable=False),
    sa.Column('credit', sa.String(length=200), nullable=False),
    sa.Column('licence', sa.String(length=20), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('date', sa.String(length=40), nullable=False),
    sa.Column('consent', sa.String(length=20), nullable=False),
    sa.Column('latitude', sa.Double(), nullable=True),
    sa.Column('longitude', sa.Double(), nullable=True),
    sa.Column('row_version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('updated_by', sa.Integer(), nullable=True),
    sa.Column('trashed_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['created_by'], ['account.id'], name=op.f('fk_photo_created_by_account')),
    sa.ForeignKeyConstraint(['updated_by'], ['account.id'], name=op.f('fk_photo_updated_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_photo')),
    sa.UniqueConstraint('upload', name=op.f('uq_photo_upload')),
    sqlite_autoincrement=True
    )
    op.create_table('item_photo',
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('photo_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_item_photo_item_id_item')),
    sa.ForeignKeyConstraint(['photo_id'], ['photo.id'], name=op.f('fk_item_photo_photo_id_photo')),
    sa.PrimaryKeyConstraint('item_id', 'position', name=op.f('pk_item_photo'))
    )
    op.create_index(op.f('ix_item_photo_photo_id'), 'item_photo', ['photo_id'], unique=False)
    op.create_table('photo_job',
    sa.Column('photo_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['photo_id'], ['photo.id'], name=op.f('fk_photo_job_photo_id_photo')),
    sa.PrimaryKeyConstraint('photo_id', name=op.f('pk_photo_job'))
    )


def downgrade() -> None:
    op.drop_table('photo_job')
    op.drop_index(op.f('ix_item_photo_photo_id'), table_name='item_photo')
    op.drop_table('item_photo')
    op.drop_table('photo')
