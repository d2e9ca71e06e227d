"""How notes go to a person or an office, and whether any do; what kind a note is."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ('person', 'office'):
        op.add_column(table, sa.Column('channel', sa.Text(), server_default='', nullable=False))
        op.add_column(table, sa.Column('no_notes', sa.Boolean(), server_default=sa.text('(false)'), nullable=False))
    op.add_column('note', sa.Column('kind', sa.Text(), server_default='', nullable=False))
