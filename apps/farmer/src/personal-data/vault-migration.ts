import type { MigrationClass } from '#postgres';

type Runner = Parameters<InstanceType<MigrationClass>['up']>[0];

/** The keys of persons, each wrapped by the master key, and keyed hashes to search by. Both go when a person is erased. */
export class CreateVault1668000000000 {
  readonly name = 'CreateVault1668000000000';

  async up(runner: Runner): Promise<void> {
    await runner.query(`
      create schema if not exists vault;
      create table vault.keys (key_id text primary key, person_id text not null, wrapped text not null);
      create index keys_of_person on vault.keys (person_id);
      create table vault.hashes (field text not null, hash text not null, person_id text not null, primary key (field, hash, person_id));
      create index hashes_of_person on vault.hashes (person_id);`);
  }

  async down(runner: Runner): Promise<void> {
    await runner.query('drop schema vault cascade');
  }
}
