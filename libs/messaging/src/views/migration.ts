import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether a generation that is being built still collects what it will be made of. */
export class CollectGenerations1669000000000 implements MigrationInterface {
  readonly name = 'CollectGenerations1669000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table views.generations add column collecting boolean not null default false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table views.generations drop column collecting');
  }
}

/** What a {@link ViewHost} remembers: generations, how far each has come, and what operators decided. */
export class CreateViews1668000000000 implements MigrationInterface {
  readonly name = 'CreateViews1668000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema if not exists views;
      create table views.generations (
        view text not null,
        generation int not null,
        version int not null,
        state text not null check (state in ('building', 'live', 'retired')),
        begun_at timestamptz not null default now(),
        primary key (view, generation)
      );
      create unique index one_live_generation on views.generations (view) where state = 'live';
      create table views.checkpoints (
        view text not null,
        generation int not null,
        service text not null,
        lane int not null,
        position bigint not null default 0,
        complete_to bigint,
        primary key (view, generation, service, lane),
        foreign key (view, generation) references views.generations on delete cascade
      ) with (fillfactor = 50);
      create table views.interventions (
        id bigint generated always as identity primary key,
        view text not null,
        generation int not null,
        action text not null check (action in ('retry', 'skip')),
        event_id text not null,
        error text not null,
        reason text not null,
        actor text not null,
        at timestamptz not null default now()
      );
      create index interventions_of_event on views.interventions (view, event_id);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema views cascade');
  }
}
