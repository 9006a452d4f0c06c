import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far each lane has been published. */
export class CreateRelay1668000000001 implements MigrationInterface {
  readonly name = 'CreateRelay1668000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema if not exists relay;
      create table relay.positions (topic text not null, lane int not null, position bigint not null, primary key (topic, lane)) with (fillfactor = 50);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema relay cascade');
  }
}
