"""One actor in several chats: the codes of /link, where follow-ups come, and who joined."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('actor', sa.Column('home_address_id', sa.Integer(), nullable=True))
    op.add_column('address', sa.Column('joined_at', storage.tables.UtcDateTime(timezone=True), nullable=True))

    op.create_table('link_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('address_id', sa.Integer(), nullable=False),
    sa.Column('hashed', sa.Text(), nullable=False),
    sa.Column('given_at', storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Text(), server_default='open', nullable=False),
    sa.ForeignKeyConstraint(['address_id'], ['address.id'], name=op.f('fk_link_code_address_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_link_code')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('link_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_link_code_address_id'), ['address_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_link_code_hashed'), ['hashed'], unique=False)

    op.create_table('link_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code_id', sa.Integer(), nullable=False),
    sa.Column('address_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['address_id'], ['address.id'], name=op.f('fk_link_request_address_id')),
    sa.ForeignKeyConstraint(['code_id'], ['link_code.id'], name=op.f('fk_link_request_code_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_link_request')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('link_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_link_request_address_id'), ['address_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_link_request_code_id'), ['code_id'], unique=False)

    op.create_table('link_try',
    sa.Column('platform', sa.Text(), nullable=False),
    sa.Column('team', sa.Text(), nullable=False),
    sa.Column('user', sa.Text(), nullable=False),
    sa.Column('wrong', sa.Integer(), nullable=False),
    sa.Column('at', storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('platform', 'team', 'user', name=op.f('pk_link_try'))
    )
