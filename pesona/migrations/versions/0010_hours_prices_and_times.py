"""hours, prices and times."""

import json

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

HOURS = (
    ('hours_week', sa.Text(), ''),
    ('hours_last_entry', sa.Text(), ''),
    ('hours_seasons', sa.JSON(), '[]'),
    ('hours_dates', sa.JSON(), '[]'),
    ('hours_holidays', sa.String(length=20), ''),
    ('hours_holiday_dates', sa.JSON(), '[]'),
    ('by_appointment', sa.Boolean(), sa.false()),
    ('appointment_contact', sa.Text(), ''),
    ('closed_until', sa.String(length=10), ''),
    ('hours_source', sa.String(length=200), ''),
    ('hours_checked_on', sa.String(length=10), ''),
)
TIMES = (
    ('start_time', sa.String(length=5)),
    ('end_time', sa.String(length=5)),
    ('previous_start', sa.String(length=10)),
    ('venue_id', sa.Text()),
    ('venue_en', sa.Text()),
)
PRICE = {
    'kind': 'fixed',
    'valid_from': '',
    'valid_until': '',
    'legal_basis': '',
    'includes_id': '',
    'includes_en': '',
    'checked_on': '',
}


def upgrade() -> None:
    # Not in a batch: that would drop the table to which others point.
    for name, kind, empty in HOURS:
        op.add_column('destination', sa.Column(name, kind, nullable=False, server_default=empty))
    for name, kind in TIMES:
        op.add_column('occurrence', sa.Column(name, kind, nullable=False, server_default=''))
    _fill_prices()


def _fill_prices() -> None:
    # The public rows say what a snapshot says, and that has the new fields, empty.
    table = sa.table('destination', sa.column('item_id', sa.Integer()), sa.column('prices', sa.JSON()))
    connection = op.get_bind()
    for row in connection.execute(sa.select(table)).all():
        prices = json.loads(row.prices) if isinstance(row.prices, str) else row.prices
        if prices:
            filled = [{**PRICE, **price} for price in prices]
            connection.execute(table.update().where(table.c.item_id == row.item_id).values(prices=filled))


def downgrade() -> None:
    for name, _ in reversed(TIMES):
        op.drop_column('occurrence', name)
    for name, _, _ in reversed(HOURS):
        op.drop_column('destination', name)
