"""What Slack needs: forms and the home page on their way out, threads, profiles."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('actor', sa.Column('has_home', sa.Boolean(), server_default=sa.text('(false)'), nullable=False))
    op.add_column('address', sa.Column('profile_zone', sa.Text(), server_default='', nullable=False))
    op.add_column('address', sa.Column('has_home', sa.Boolean(), server_default=sa.text('(false)'), nullable=False))
    op.add_column('address', sa.Column('page', sa.Text(), server_default='', nullable=False))
    op.add_column('outbox', sa.Column('surface', sa.JSON(), nullable=True))
    op.add_column('outbox', sa.Column('thread', sa.Text(), server_default='', nullable=False))
