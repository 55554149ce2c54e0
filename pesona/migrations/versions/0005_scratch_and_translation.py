"""scratch rows and translation upkeep."""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

WORDS = ('name', 'summary', 'body', 'search_description')
MORE = {
    'destination': ('getting_there', 'tips', 'status_note'),
    'event': ('venue', 'usual_time', 'getting_there', 'tips'),
}


def upgrade() -> None:
    op.create_table('scratch',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('form', sa.String(length=160), nullable=False),
    sa.Column('opened_at', sa.DateTime(), nullable=False),
    sa.Column('opening', sa.String(length=20), nullable=False),
    sa.Column('base', sa.Integer(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('kept_at', sa.DateTime(), nullable=False),
    sa.Column('earlier', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_scratch_account_id_account')),
    sa.PrimaryKeyConstraint('account_id', 'form', name=op.f('pk_scratch'))
    )
    with op.batch_alter_table('scratch', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_scratch_form'), ['form'], unique=False)

    table = op.create_table('translated_field',
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('locale', sa.String(length=2), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('sources', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_translated_field_item_id_item')),
    sa.PrimaryKeyConstraint('item_id', 'locale', 'name', name=op.f('pk_translated_field'))
    )
    with op.batch_alter_table('translated_field', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_translated_field_state'), ['state'], unique=False)

    op.bulk_insert(table, _rows(op.get_bind()))


def _rows(connection) -> list:
    """Return what stands: each English field is made from the Indonesian one beside it when it last changed."""
    rows = []
    for item_id, kind, live in connection.execute(sa.text('SELECT id, kind, live_id FROM item')).all():
        chain = connection.execute(
            sa.text('SELECT number, snapshot FROM revision WHERE item_id = :id ORDER BY number'), {'id': item_id}
        )
        words = [(n, (json.loads(s) if isinstance(s, str) else s)['words']) for n, s in chain]
        for name in (*WORDS, *MORE.get(kind, ())):
            rows += _field(item_id, name, live, words)
    return rows


def _field(item_id, name, live, words) -> list:
    texts = [(number, one['id'].get(name, ''), one['en'].get(name, '')) for number, one in words]
    if not texts or not any(texts[-1][1:]):
        return []
    english, made_from = '', ''
    for _, source, target in texts:
        if target != english:
            english, made_from = target, source
    current = {source for number, source, _ in texts if number in (live, texts[-1][0])}
    state = 'missing' if not english else 'fresh' if made_from in current else 'changed'
    sources = [hashlib.sha256(made_from.encode()).hexdigest()] if english else []
    return [{'item_id': item_id, 'locale': 'en', 'name': name, 'sources': sources, 'state': state}]


def downgrade() -> None:
    with op.batch_alter_table('translated_field', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_translated_field_state'))

    op.drop_table('translated_field')
    with op.batch_alter_table('scratch', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_scratch_form'))

    op.drop_table('scratch')
