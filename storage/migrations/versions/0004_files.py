"""Files that were sent to the bot, and the e-mail address of a person."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('person', sa.Column('email', sa.Text(), server_default='', nullable=False))

    op.create_table('file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('address_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('mime', sa.Text(), server_default='', nullable=False),
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), server_default='fetching', nullable=False),
    sa.Column('why', sa.Text(), server_default='', nullable=False),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('not_before', storage.tables.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('fetched_at', storage.tables.UtcDateTime(timezone=True), nullable=True),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_file_actor_id')),
    sa.ForeignKeyConstraint(['address_id'], ['address.id'], name=op.f('fk_file_address_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_file')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_file_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_file_address_id'), ['address_id'], unique=False)
        batch_op.create_index('ix_file_fetching', ['address_id', 'id'], unique=False, sqlite_where=sa.text("state = 'fetching'"), postgresql_where=sa.text("state = 'fetching'"))
