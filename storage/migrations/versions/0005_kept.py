"""What the actor chose to keep as typed, against the checker."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('note', sa.Column('kept', sa.JSON(), server_default='[]', nullable=False))
