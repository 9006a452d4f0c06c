import type { MigrationClass } from '#postgres';

type Runner = Parameters<InstanceType<MigrationClass>['up']>[0];

/** How far the rescoring has looked, and which villages it still has to score: both outlive the process. */
export class CreateRescoring1671000000000 {
  readonly name = 'CreateRescoring1671000000000';

  async up(runner: Runner): Promise<void> {
    await runner.query(`
      create schema if not exists rescoring;
      create table rescoring.seen (one boolean primary key default true check (one), seen json not null);
      create sequence rescoring.turns;
      create table rescoring.queue (village text primary key, turn bigint not null);`);
  }

  async down(runner: Runner): Promise<void> {
    await runner.query('drop schema rescoring cascade');
  }
}
