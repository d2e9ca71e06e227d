"""The first schema."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('actor',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('profile_name', sa.Text(), server_default='', nullable=False),
    sa.Column('sign', sa.Text(), server_default='', nullable=False),
    sa.Column('zone', sa.Text(), nullable=False),
    sa.Column('zone_confirmed', sa.Boolean(), server_default=sa.text('(false)'), nullable=False),
    sa.Column('nudge_time', sa.Time(), nullable=False),
    sa.Column('country', sa.Text(), server_default='', nullable=False),
    sa.Column('told_no_news', sa.Boolean(), server_default=sa.text('(false)'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_actor')),
    sqlite_autoincrement=True
    )
    op.create_table('inbox',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('platform', sa.Text(), nullable=False),
    sa.Column('event', sa.Text(), nullable=False),
    sa.Column('team', sa.Text(), server_default='', nullable=False),
    sa.Column('user', sa.Text(), nullable=False),
    sa.Column('chat', sa.Text(), nullable=False),
    sa.Column('incoming', sa.JSON(), nullable=False),
    sa.Column('written_at', storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('received_at', storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Text(), server_default='waiting', nullable=False),
    sa.Column('done_at', storage.tables.UtcDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inbox')),
    sa.UniqueConstraint('platform', 'event', name=op.f('uq_inbox_platform')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('inbox', schema=None) as batch_op:
        batch_op.create_index('ix_inbox_waiting', ['id'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.create_table('pulse',
    sa.Column('platform', sa.Text(), nullable=False),
    sa.Column('at', storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('platform', name=op.f('pk_pulse'))
    )
    op.create_table('address',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('platform', sa.Text(), nullable=False),
    sa.Column('team', sa.Text(), server_default='', nullable=False),
    sa.Column('user', sa.Text(), nullable=False),
    sa.Column('chat', sa.Text(), nullable=False),
    sa.Column('parked_at', storage.tables.UtcDateTime(timezone=True), nullable=True),
    sa.Column('parked_why', sa.Text(), server_default='', nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_address_actor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_address')),
    sa.UniqueConstraint('platform', 'team', 'user', 'chat', name=op.f('uq_address_platform')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('address', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_address_actor_id'), ['actor_id'], unique=False)

    op.create_table('change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('at', storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), server_default='', nullable=False),
    sa.Column('rows', sa.JSON(), nullable=False),
    sa.Column('undone_at', storage.tables.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_change_actor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_change')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_change_actor_id'), ['actor_id'], unique=False)

    op.create_table('due',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('subject', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), server_default='1', nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('at', sa.Time(), nullable=True),
    sa.Column('zone', sa.Text(), nullable=False),
    sa.Column('due_at', storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('repeat', sa.Boolean(), server_default=sa.text('(false)'), nullable=False),
    sa.Column('state', sa.Text(), server_default='waiting', nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_due_actor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_due')),
    sa.UniqueConstraint('actor_id', 'kind', 'subject', 'round', name=op.f('uq_due_actor_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('due', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_due_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index('ix_due_waiting', ['due_at'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.create_table('news',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('event_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('link', sa.Text(), server_default='', nullable=False),
    sa.Column('created_at', storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_news_actor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_news')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('news', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_news_actor_id'), ['actor_id'], unique=False)

    op.create_table('office',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('folded', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_office_actor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_office')),
    sa.UniqueConstraint('actor_id', 'folded', name=op.f('uq_office_actor_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('office', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_office_actor_id'), ['actor_id'], unique=False)

    op.create_table('project',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), server_default='', nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_project_actor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_project')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('project', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_project_actor_id'), ['actor_id'], unique=False)

    op.create_table('audition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=True),
    sa.Column('role', sa.Text(), server_default='', nullable=False),
    sa.Column('size', sa.Text(), server_default='', nullable=False),
    sa.Column('kind', sa.Text(), server_default='', nullable=False),
    sa.Column('round', sa.Text(), server_default='', nullable=False),
    sa.Column('mode', sa.Text(), server_default='', nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('at', sa.Time(), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('wore', sa.Text(), server_default='', nullable=False),
    sa.Column('hair', sa.Text(), server_default='', nullable=False),
    sa.Column('headshot', sa.Text(), server_default='', nullable=False),
    sa.Column('adjustment', sa.Text(), server_default='', nullable=False),
    sa.Column('felt', sa.Integer(), nullable=True),
    sa.Column('saved_at', storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_audition_actor_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_audition_project_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audition')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('audition', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audition_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audition_project_id'), ['project_id'], unique=False)

    op.create_table('outbox',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('address_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.Text(), server_default='', nullable=False),
    sa.Column('replaces', sa.Text(), server_default='', nullable=False),
    sa.Column('message', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('sound', sa.Boolean(), server_default=sa.text('(true)'), nullable=False),
    sa.Column('quiet', sa.Boolean(), server_default=sa.text('(false)'), nullable=False),
    sa.Column('good_until', storage.tables.UtcDateTime(timezone=True), nullable=True),
    sa.Column('due_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Text(), server_default='new', nullable=False),
    sa.Column('why', sa.Text(), server_default='', nullable=False),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('not_before', storage.tables.UtcDateTime(timezone=True), nullable=True),
    sa.Column('platform_id', sa.Text(), server_default='', nullable=False),
    sa.Column('created_at', storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('sent_at', storage.tables.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['address_id'], ['address.id'], name=op.f('fk_outbox_address_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outbox_address_id'), ['address_id'], unique=False)
        batch_op.create_index('ix_outbox_open', ['address_id', 'id'], unique=False, sqlite_where=sa.text("state IN ('new', 'sending')"), postgresql_where=sa.text("state IN ('new', 'sending')"))
        batch_op.create_index('ix_outbox_subject', ['address_id', 'subject'], unique=False)

    op.create_table('person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('greeting', sa.Text(), server_default='', nullable=False),
    sa.Column('job', sa.Text(), server_default='', nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_person_actor_id')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_person_office_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_office_id'), ['office_id'], unique=False)

    op.create_table('talk',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('address_id', sa.Integer(), nullable=False),
    sa.Column('flow', sa.Text(), nullable=False),
    sa.Column('log', sa.JSON(), nullable=False),
    sa.Column('step', sa.Integer(), server_default='1', nullable=False),
    sa.Column('rank', sa.Integer(), server_default='1', nullable=False),
    sa.Column('acted_at', storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('wake_at', storage.tables.UtcDateTime(timezone=True), nullable=True),
    sa.Column('wake', sa.Text(), server_default='', nullable=False),
    sa.Column('ended_at', storage.tables.UtcDateTime(timezone=True), nullable=True),
    sa.Column('ending', sa.Text(), server_default='', nullable=False),
    sa.ForeignKeyConstraint(['address_id'], ['address.id'], name=op.f('fk_talk_address_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_talk')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('talk', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_talk_address_id'), ['address_id'], unique=False)
        batch_op.create_index('ix_talk_wake_at', ['wake_at'], unique=False)

    op.create_table('note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('state', sa.Text(), server_default='open', nullable=False),
    sa.Column('line', sa.Integer(), server_default='0', nullable=False),
    sa.Column('channel', sa.Text(), server_default='', nullable=False),
    sa.Column('subject', sa.Text(), server_default='', nullable=False),
    sa.Column('body', sa.Text(), server_default='', nullable=False),
    sa.Column('own_on', sa.Date(), nullable=True),
    sa.Column('news', sa.JSON(), server_default='[]', nullable=False),
    sa.Column('shown_on', sa.Date(), nullable=True),
    sa.Column('sent_at', storage.tables.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_note_actor_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_note_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_note')),
    sa.UniqueConstraint('actor_id', 'person_id', 'day', name=op.f('uq_note_actor_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_note_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_note_person_id'), ['person_id'], unique=False)

    op.create_table('presence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('audition_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('description', sa.Text(), server_default='', nullable=False),
    sa.Column('job', sa.Text(), server_default='', nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_presence_actor_id')),
    sa.ForeignKeyConstraint(['audition_id'], ['audition.id'], name=op.f('fk_presence_audition_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_presence_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_presence')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('presence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_presence_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_presence_audition_id'), ['audition_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_presence_person_id'), ['person_id'], unique=False)

    op.create_table('remark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('audition_id', sa.Integer(), nullable=False),
    sa.Column('presence_id', sa.Integer(), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('first', sa.Date(), nullable=True),
    sa.Column('last', sa.Date(), nullable=True),
    sa.Column('private', sa.Boolean(), server_default=sa.text('(false)'), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_remark_actor_id')),
    sa.ForeignKeyConstraint(['audition_id'], ['audition.id'], name=op.f('fk_remark_audition_id')),
    sa.ForeignKeyConstraint(['presence_id'], ['presence.id'], name=op.f('fk_remark_presence_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_remark')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('remark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_remark_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_remark_audition_id'), ['audition_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_remark_presence_id'), ['presence_id'], unique=False)

