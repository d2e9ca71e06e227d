"""What it costs, the way of a project from submission to booking, and the files that the bot makes."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('away',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('first', sa.Date(), nullable=False),
    sa.Column('last', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_away_actor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_away')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('away', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_away_actor_id'), ['actor_id'], unique=False)

    op.create_table('document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('mime', sa.Text(), nullable=False),
    sa.Column('created_at', storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_document_actor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_actor_id'), ['actor_id'], unique=False)

    op.create_table('expense_word',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('folded', sa.Text(), nullable=False),
    sa.Column('category', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_expense_word_actor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_expense_word')),
    sa.UniqueConstraint('actor_id', 'folded', name=op.f('uq_expense_word_actor_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('expense_word', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_expense_word_actor_id'), ['actor_id'], unique=False)

    op.create_table('booking_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.Text(), nullable=False),
    sa.Column('done_at', storage.tables.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_booking_step_actor_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_booking_step_project_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_booking_step')),
    sa.UniqueConstraint('project_id', 'step', name=op.f('uq_booking_step_project_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('booking_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_booking_step_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_booking_step_project_id'), ['project_id'], unique=False)

    op.create_table('expense',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=True),
    sa.Column('audition_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('logged_at', storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('minor', sa.Integer(), nullable=False),
    sa.Column('currency', sa.Text(), nullable=False),
    sa.Column('category', sa.Text(), nullable=False),
    sa.Column('round', sa.Text(), server_default='', nullable=False),
    sa.Column('payee', sa.Text(), server_default='', nullable=False),
    sa.Column('note', sa.Text(), server_default='', nullable=False),
    sa.Column('purpose', sa.Text(), server_default='', nullable=False),
    sa.Column('distance', sa.Integer(), nullable=True),
    sa.Column('unit', sa.Text(), server_default='', nullable=False),
    sa.Column('destination', sa.Text(), server_default='', nullable=False),
    sa.Column('rate', sa.Integer(), nullable=True),
    sa.Column('is_provisional', sa.Boolean(), server_default=sa.text('(false)'), nullable=False),
    sa.Column('basis', sa.Text(), server_default='unsure', nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_expense_actor_id')),
    sa.ForeignKeyConstraint(['audition_id'], ['audition.id'], name=op.f('fk_expense_audition_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_expense_person_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_expense_project_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_expense')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('expense', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_expense_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_expense_audition_id'), ['audition_id'], unique=False)
        batch_op.create_index('ix_expense_day', ['actor_id', 'day'], unique=False)
        batch_op.create_index(batch_op.f('ix_expense_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_expense_project_id'), ['project_id'], unique=False)

    op.create_table('stage',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('audition_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('number', sa.Integer(), server_default='1', nullable=False),
    sa.Column('at', storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.Column('words', sa.Text(), server_default='', nullable=False),
    sa.Column('role', sa.Text(), server_default='', nullable=False),
    sa.Column('size', sa.Text(), server_default='', nullable=False),
    sa.Column('via', sa.Text(), server_default='', nullable=False),
    sa.Column('instruction', sa.Text(), server_default='', nullable=False),
    sa.Column('asks', sa.Boolean(), server_default=sa.text('(false)'), nullable=False),
    sa.Column('answer_by', storage.tables.UtcDateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.Text(), server_default='', nullable=False),
    sa.Column('answered_at', storage.tables.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_stage_actor_id')),
    sa.ForeignKeyConstraint(['audition_id'], ['audition.id'], name=op.f('fk_stage_audition_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_stage_project_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stage')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('stage', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stage_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_stage_audition_id'), ['audition_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_stage_project_id'), ['project_id'], unique=False)

    op.create_table('appointment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=True),
    sa.Column('stage_id', sa.Integer(), nullable=True),
    sa.Column('audition_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), server_default='', nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('at', sa.Time(), nullable=True),
    sa.Column('until', sa.Time(), nullable=True),
    sa.Column('zone', sa.Text(), nullable=False),
    sa.Column('place', sa.Text(), server_default='', nullable=False),
    sa.Column('state', sa.Text(), server_default='planned', nullable=False),
    sa.Column('uid', sa.Text(), nullable=False),
    sa.Column('sequence', sa.Integer(), server_default='0', nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_appointment_actor_id')),
    sa.ForeignKeyConstraint(['audition_id'], ['audition.id'], name=op.f('fk_appointment_audition_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_appointment_project_id')),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_appointment_stage_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appointment')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appointment_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_appointment_audition_id'), ['audition_id'], unique=False)
        batch_op.create_index('ix_appointment_on', ['actor_id', 'on'], unique=False)
        batch_op.create_index(batch_op.f('ix_appointment_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_appointment_stage_id'), ['stage_id'], unique=False)

    op.create_table('receipt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('expense_id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_receipt_actor_id')),
    sa.ForeignKeyConstraint(['expense_id'], ['expense.id'], name=op.f('fk_receipt_expense_id')),
    sa.ForeignKeyConstraint(['file_id'], ['file.id'], name=op.f('fk_receipt_file_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_receipt')),
    sa.UniqueConstraint('expense_id', 'file_id', name=op.f('uq_receipt_expense_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('receipt', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_receipt_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_receipt_expense_id'), ['expense_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_receipt_file_id'), ['file_id'], unique=False)

    op.create_table('stage_days',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('first', sa.Date(), nullable=False),
    sa.Column('last', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_stage_days_actor_id')),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_stage_days_stage_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stage_days')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('stage_days', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stage_days_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_stage_days_stage_id'), ['stage_id'], unique=False)

    op.create_table('submission',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('headshot', sa.Text(), server_default='', nullable=False),
    sa.Column('reel', sa.Text(), server_default='', nullable=False),
    sa.Column('posted_at', storage.tables.UtcDateTime(timezone=True), nullable=True),
    sa.Column('sent_at', storage.tables.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_submission_actor_id')),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_submission_stage_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_submission')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('submission', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_submission_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_submission_stage_id'), ['stage_id'], unique=False)

    op.add_column('actor', sa.Column('playful', sa.Boolean(), server_default=sa.text('(false)'), nullable=False))
    op.add_column('actor', sa.Column('currency', sa.Text(), server_default='', nullable=False))
    op.add_column('actor', sa.Column('distance_rate', sa.Integer(), nullable=True))
    op.add_column('due', sa.Column('address_id', sa.Integer(), nullable=True))
    op.add_column('due', sa.Column('attempts', sa.Integer(), server_default='0', nullable=False))
    op.add_column('note', sa.Column('booked_id', sa.Integer(), nullable=True))
    op.add_column('office', sa.Column('one_note', sa.Boolean(), server_default=sa.text('(false)'), nullable=False))
    op.add_column('outbox', sa.Column('document_id', sa.Integer(), nullable=True))
    op.add_column('project', sa.Column('asked_silent_on', sa.Date(), nullable=True))
